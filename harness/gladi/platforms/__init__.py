"""Functions around or beside the sandbox: what is journalled, what goes wrong, what was recorded."""
