"""The member's pages and the portal's pulse."""
