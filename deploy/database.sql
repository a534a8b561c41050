-- An outside PostgreSQL (15 or newer, with btree_gist, part of Debian's postgresql) for the portal. By its superuser:
--   psql -v runtime_password=… -v owner_password=… -f deploy/database.sql
\set ON_ERROR_STOP on
CREATE ROLE portal_runtime LOGIN PASSWORD :'runtime_password';
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
CREATE DATABASE portal OWNER portal_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
REVOKE ALL ON DATABASE portal FROM PUBLIC;
-- No temporary tables: none may answer in a guard's place.
GRANT CONNECT ON DATABASE portal TO portal_runtime;
\connect portal
CREATE EXTENSION btree_gist;
