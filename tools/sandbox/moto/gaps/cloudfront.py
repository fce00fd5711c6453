from gaps import gap


@gap("cloudfront", ["GetDistribution"], "has forwarded values beside a cache policy, and CloudFront's certificate beside another")
def distributions():
    from moto.cloudfront.models import DefaultCacheBehaviour, ViewerCertificate

    make, make_certificate = DefaultCacheBehaviour.__init__, ViewerCertificate.__init__

    def behaviour(self, config):
        make(self, config)
        if config.get("CachePolicyId"):
            for name in ("forwarded_values", "min_ttl", "default_ttl", "max_ttl"):
                setattr(self, name, None)

    def certificate(self, config):
        make_certificate(self, config)
        if config.get("ACMCertificateArn"):
            self.cloud_front_default_certificate = False

    DefaultCacheBehaviour.__init__, ViewerCertificate.__init__ = behaviour, certificate
