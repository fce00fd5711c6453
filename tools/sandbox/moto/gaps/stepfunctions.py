import json

from gaps import gap


@gap("stepfunctions", ["ValidateStateMachineDefinition", "ListStateMachineVersions"], "not implemented; the provider asks both")
def state_machine_definitions():
    from moto.stepfunctions.responses import StepFunctionResponse

    def validate(self):
        problem = problem_of(self._get_param("definition"))
        diagnostics = [{"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": problem}] if problem else []
        return json.dumps({"result": "FAIL" if problem else "OK", "diagnostics": diagnostics, "truncated": False})

    StepFunctionResponse.validate_state_machine_definition = validate
    StepFunctionResponse.list_state_machine_versions = lambda self: json.dumps({"stateMachineVersions": []})


def problem_of(definition):
    """What is wrong with a definition at its first look: no JSON, or it starts with or goes on to a state that is not there."""
    try:
        machine = json.loads(definition or "")
    except ValueError:
        return "The definition is no JSON"
    states = machine.get("States") or {}
    named = [machine.get("StartAt"), *(state["Next"] for state in states.values() if "Next" in state)]
    missing = [name for name in named if name not in states]
    return f"Missing 'Next' target: {missing[0]}" if missing else None
