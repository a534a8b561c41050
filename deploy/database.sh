#!/bin/sh
# Run once by the image of PostgreSQL, in an empty database: both roles and the portal's database.
psql --username postgres -v runtime_password="$RUNTIME_PASSWORD" -v owner_password="$OWNER_PASSWORD" -f /database.sql
