"""What a Python driver finds: the shared tables, a prepared statement run twice, a report. One line of JSON.

Without a report to run it only says as whom it came in.
"""

import json
import os
import sys

driver = sys.argv[1]
environment = {name[7:].lower(): value for name, value in os.environ.items() if name.startswith("CLIENT_")}
tls = environment["tls"] == "true"
login = {name: environment[name] for name in ("host", "user", "password")}
login["port"] = int(environment["port"])
listing = "SELECT table_name FROM svv_all_tables WHERE database_name = %s AND schema_name = %s"

if driver == "redshift_connector":
    import redshift_connector

    connection = redshift_connector.connect(
        **login,
        database=environment["database"],
        database_metadata_current_db_only=False,
        tcp_keepalive=True,
        tcp_keepalive_idle=60,
        **({"ssl": True, "sslmode": "verify-ca"} if tls else {"ssl": False}),
    )
else:
    module = __import__(driver)
    mode = {"sslmode": "verify-ca", "sslrootcert": environment["ca"]} if tls else {"sslmode": "disable"}
    connection = module.connect(**login, dbname=environment["database"], keepalives=1, keepalives_idle=60, **mode)

cursor = connection.cursor()
if "report" not in environment:
    cursor.execute("select current_user")
    print(json.dumps({"user": cursor.fetchone()[0]}))
    sys.exit()
if driver == "redshift_connector":
    tables = [row[2] for row in cursor.get_tables(catalog=environment["shared"], schema_pattern=environment["schema"])]
else:
    cursor.execute(listing, (environment["shared"], environment["schema"]))
    tables = [row[0] for row in cursor.fetchall()]

prepared = []
for tier in ("gold", "none"):
    # psycopg prepares on the server only what it is told to, or has seen often.
    options = {"prepare": True} if driver == "psycopg" else {}
    cursor.execute(environment["prepared"].replace("$1", "%s"), (tier,), **options)
    prepared.append(cursor.fetchone()[0])

cursor.execute(environment["report"])
report = [row[0] for row in cursor.fetchall()]
connection.close()
print(json.dumps({"tables": tables, "prepared": prepared, "report": report}))
