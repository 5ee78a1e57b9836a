"""One Python client of S3: does to a bucket what every client must be able to, and prints what it found as JSON."""

import io
import json
import os
import sys

BUCKET, ENDPOINT = os.environ["S3_BUCKET"], os.environ["AWS_ENDPOINT_URL"]
KEY, ODD_KEY = "in/plain.txt", "in/o d+d & ü.txt"
BIG = bytes(range(256)) * 4096 * 9  # 9 MB: more than one part


def boto3_client():
    import boto3
    from botocore.config import Config

    # Buckets of today take no presigned URL of the older signature, which boto3 makes unless told.
    return boto3.client("s3", endpoint_url=ENDPOINT, config=Config(signature_version="s3v4"))


def boto3_findings():
    from boto3.s3.transfer import TransferConfig
    from botocore.exceptions import ClientError

    s3 = boto3_client()

    def refused(operation, **given):
        try:
            getattr(s3, operation)(Bucket=BUCKET, **given)
            return None
        except ClientError as error:
            return error.response["Error"]["Code"]

    for key in (KEY, ODD_KEY):
        s3.put_object(Bucket=BUCKET, Key=key, Body=b"text", Metadata={"who": "me"})
    config = TransferConfig(multipart_threshold=5 << 20, multipart_chunksize=5 << 20)
    s3.upload_fileobj(io.BytesIO(BIG), BUCKET, "big", Config=config)
    whole = io.BytesIO()
    s3.download_fileobj(BUCKET, "big", whole, Config=config)
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET, Prefix="in/", PaginationConfig={"PageSize": 1})
    url = s3.generate_presigned_url("get_object", Params={"Bucket": BUCKET, "Key": ODD_KEY})
    import urllib.request

    return {
        "keys": sorted(item["Key"] for page in pages for item in page.get("Contents", [])),
        "text": s3.get_object(Bucket=BUCKET, Key=ODD_KEY)["Body"].read().decode(),
        "presigned": urllib.request.urlopen(url).read().decode(),
        "big": whole.getvalue() == BIG,
        "parts": s3.head_object(Bucket=BUCKET, Key="big")["ETag"].strip('"').split("-")[1],
        "taken": refused("put_object", Key=KEY, Body=b"x", IfNoneMatch="*"),
        "none": refused("get_object", Key="none"),
        "deleted": len(s3.delete_objects(Bucket=BUCKET, Delete={"Objects": [{"Key": KEY}, {"Key": ODD_KEY}]})["Deleted"]),
    }


def s3fs_findings():
    import s3fs

    files = s3fs.S3FileSystem(endpoint_url=ENDPOINT)
    with files.open(f"{BUCKET}/fs/plain.txt", "wb") as out:
        out.write(b"text")
    with files.open(f"{BUCKET}/fs/big", "wb", block_size=5 << 20) as out:
        out.write(BIG)
    with files.open(f"{BUCKET}/fs/big", "rb") as source:
        source.seek(len(BIG) - 4)
        tail = source.read()
    files.copy(f"{BUCKET}/fs/plain.txt", f"{BUCKET}/fs/copy.txt")
    found = {
        "keys": sorted(name.split("/", 1)[1] for name in files.find(f"{BUCKET}/fs")),
        "text": files.cat(f"{BUCKET}/fs/copy.txt").decode(),
        "tail": tail == BIG[-4:],
        "size": files.info(f"{BUCKET}/fs/big")["size"] == len(BIG),
        "none": files.exists(f"{BUCKET}/fs/none"),
    }
    files.rm(f"{BUCKET}/fs", recursive=True)
    return {**found, "left": files.find(f"{BUCKET}/fs")}


def awswrangler_findings():
    import awswrangler as wr
    import pandas as pd

    wr.config.s3_endpoint_url = ENDPOINT
    frame = pd.DataFrame({"id": [1, 2, 3], "day": ["a", "a", "b"]})
    path = f"s3://{BUCKET}/lake/"
    wr.s3.to_parquet(frame, path=path, dataset=True, partition_cols=["day"], mode="overwrite")
    read = wr.s3.read_parquet(path, dataset=True)
    wr.s3.to_csv(frame, f"s3://{BUCKET}/frame.csv", index=False)
    found = {
        "rows": sorted(read["id"].tolist()),
        "partitions": sorted({name.split("/")[-2] for name in wr.s3.list_objects(path)}),
        "csv": wr.s3.read_csv(f"s3://{BUCKET}/frame.csv")["id"].sum().item(),
    }
    wr.s3.delete_objects(path)
    return {**found, "left": wr.s3.list_objects(path)}


boto3_client().create_bucket(Bucket=BUCKET)
print(json.dumps({"boto3": boto3_findings, "s3fs": s3fs_findings, "awswrangler": awswrangler_findings}[sys.argv[1]]()))
