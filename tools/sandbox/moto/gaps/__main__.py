import gaps

for service, operations, what, _ in gaps.listed():
    print(f"{service}: {', '.join(operations)}: {what}")
