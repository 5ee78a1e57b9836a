-- What all databases of a server share: the roles behind Redshift's superusers. Run once per server.
create role rs_superuser nologin;
-- Owns the databases which stand for shared databases.
create role rs_shared nologin;
