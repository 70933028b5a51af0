package govcloud.node.identity;

import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import govcloud.domain.identity.AccountCommand.ProviderAnswer;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.domain.identity.SignInFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an ID token must say beside being the provider's and for this cloud: that the person has
 * shown two factors, and lately. What a provider does not say is not assumed.
 */
final class TokenRules {

  private static final Logger LOG = LoggerFactory.getLogger(TokenRules.class);

  /** So far two clocks may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private final ProviderSettings settings;
  private final InstantSource clock;

  TokenRules(ProviderSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The library looks for us in the audience; who has asked for the token is in another claim. */
  private boolean isForUs(IDTokenClaimsSet claims) {
    var party = claims.getAuthorizedParty();
    return party == null
        ? claims.getAudience().size() == 1
        : party.getValue().equals(settings.clientId());
  }

  /** Who it is, if the token says enough. */
  ProviderAnswer judge(IDTokenClaimsSet claims) {
    if (!isForUs(claims)) {
      LOG.warn(
          "identity provider: a token of {} for {} (expected: for {})",
          claims.getAuthorizedParty(),
          claims.getAudience(),
          settings.clientId());
      return ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED);
    }
    var methods = claims.getAMR() == null ? List.<Identifier>of() : List.copyOf(claims.getAMR());
    var factors =
        (claims.getACR() != null && settings.acr().contains(claims.getACR().getValue()))
            || methods.stream().map(Identifier::getValue).anyMatch(settings.amr()::contains);
    var oldest = clock.instant().minus(settings.maxAge()).minus(SKEW);
    var since = claims.getAuthenticationTime();
    if (!factors || since == null || since.toInstant().isBefore(oldest)) {
      LOG.warn(
          "identity provider: acr {}, amr {}, auth_time {} (expected: acr of {} or amr of {}, not"
              + " before {})",
          claims.getACR(),
          claims.getAMR(),
          since,
          settings.acr(),
          settings.amr(),
          oldest);
      return ProviderAnswer.refused(SignInFault.PROVIDER_FACTOR_MISSING);
    }
    return ProviderAnswer.of(
        new ProviderIdentity(claims.getIssuer().getValue(), claims.getSubject().getValue()));
  }
}
