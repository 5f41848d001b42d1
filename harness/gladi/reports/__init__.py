"""What people read: Allure results, the terminal's summary, and the pages they link to."""
