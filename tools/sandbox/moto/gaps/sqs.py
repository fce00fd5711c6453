import json

from gaps import gap


@gap("sqs", ["SetQueueAttributes", "GetQueueAttributes"], "no RedriveAllowPolicy; a call without Policy deletes the policy; RedrivePolicy has spaces")
def queues():
    from moto.sqs.models import Queue

    Queue.redrive_allow_policy = None
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    set_attributes, attributes = Queue._set_attributes, Queue.attributes.fget

    def keep_policy(self, given, now=None):
        before = getattr(self, "policy", None)
        set_attributes(self, given, now)
        if "Policy" not in given:
            self.policy = before

    def compact(self):
        known = {key: value for key, value in attributes(self).items() if value not in ("", None)}
        if "RedrivePolicy" in known and getattr(self, "redrive_policy", None):
            known["RedrivePolicy"] = json.dumps(self.redrive_policy, separators=(",", ":"))
        return known

    Queue._set_attributes, Queue.attributes = keep_policy, property(compact)
