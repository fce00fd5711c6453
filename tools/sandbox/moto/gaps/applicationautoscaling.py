import json

from gaps import gap


@gap("application-autoscaling", ["ListTagsForResource", "TagResource", "UntagResource", "RegisterScalableTarget"], "no tags")
def scaling_tags():
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

    tags = {}

    def given(self):
        return json.loads(self.body)

    def tag(self):
        tags.setdefault(given(self)["ResourceARN"], {}).update(given(self)["Tags"])
        return "{}"

    def untag(self):
        for key in given(self)["TagKeys"]:
            tags.get(given(self)["ResourceARN"], {}).pop(key, None)
        return "{}"

    register = ApplicationAutoScalingResponse.register_scalable_target

    def registered(self):
        answer = json.loads(register(self))
        if given(self).get("Tags") and answer.get("ScalableTargetARN"):
            tags.setdefault(answer["ScalableTargetARN"], {}).update(given(self)["Tags"])
        return json.dumps(answer)

    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps({"Tags": tags.get(given(self)["ResourceARN"], {})})
    ApplicationAutoScalingResponse.tag_resource, ApplicationAutoScalingResponse.untag_resource = tag, untag
    ApplicationAutoScalingResponse.register_scalable_target = registered


@gap("application-autoscaling", ["DescribeScalingActivities"], "not implemented; nothing scales here")
def scaling_activities():
    from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

    ApplicationAutoScalingResponse.describe_scaling_activities = lambda self: json.dumps({"ScalingActivities": []})
