SUMMARY = "show this page"
USAGE = ""


def run(_words, _store, commands):
    print("{{project}}: keeps {{labels}} in a file.\n")
    for name, command in commands.items():
        call = f"{name} {command.USAGE}"
        print(f"  {call:24} {command.SUMMARY}")
