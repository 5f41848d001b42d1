"""The TikTok Shop Open API (202309 and later), spoken by Tokopedia & Shop, as the sandbox imitates it."""
