"""The Tokopedia Open API, as the sandbox imitates it."""
