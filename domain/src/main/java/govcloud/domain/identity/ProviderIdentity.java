package govcloud.domain.identity;

/**
 * Who a person is at an identity provider (OpenID Connect Core 1.0, section 2).
 *
 * @param issuer of the provider, an address
 * @param subject names the person there, for ever and for nobody else
 */
public record ProviderIdentity(String issuer, String subject) {}
