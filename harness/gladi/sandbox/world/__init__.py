"""The one world behind both APIs: shops, catalogue, orders, parcels. State, no HTTP, and no platform's own words."""
