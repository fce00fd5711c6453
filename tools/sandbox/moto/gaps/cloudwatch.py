from gaps import gap


@gap("cloudwatch", ["DescribeAlarms"], "forgets the state that is asked for where names are given")
def alarms_of_a_state():
    from moto.cloudwatch.responses import CloudWatchResponse

    describe = CloudWatchResponse.describe_alarms

    def of_state(self):
        answer = describe(self)
        state = self._get_param("StateValue")
        for kind, alarms in answer.result.items():
            answer.result[kind] = [alarm for alarm in alarms if state in (None, alarm.state_value)]
        return answer

    CloudWatchResponse.describe_alarms = of_state
