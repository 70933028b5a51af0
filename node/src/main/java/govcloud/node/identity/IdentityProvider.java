package govcloud.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCScopeValue;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import govcloud.domain.identity.AccountCommand.ProviderAnswer;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.domain.identity.SignInFault;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.pki.PkiException;
import govcloud.pki.TlsContexts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an identity provider who somebody is: OpenID Connect Core 1.0, authorization code flow with
 * PKCE (RFC 7636). What it says of itself is asked for again every hour; its keys when a token is
 * signed by one that is not known. Every method waits for the provider.
 */
final class IdentityProvider {

  /** Where the provider leads the browser back to. */
  static final String RETURN = "/sign-in/provider/return";

  private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);
  private static final Duration BELIEVED = Duration.ofHours(1);
  private static final int LARGEST = 1 << 20;

  /** What is older is no news of somebody who signs out. */
  private static final Duration LOGOUT_LIFE = Duration.ofMinutes(5);

  private final ProviderSettings settings;
  private final URI back;
  private final Secret secret;
  private final Optional<SSLSocketFactory> sockets;
  private final TokenRules rules;
  private final InstantSource clock;

  private volatile Known known = new Known(null, null, null, Instant.MIN);

  /**
   * A provider that nobody has asked yet.
   *
   * @param address under which browsers see this cloud
   * @param secret that the provider has given to this cloud
   * @param sockets that trust its certificates; none: those of Java
   */
  IdentityProvider(
      ProviderSettings settings,
      String address,
      String secret,
      Optional<SSLSocketFactory> sockets,
      InstantSource clock) {
    this.settings = settings;
    this.back = URI.create(address + RETURN);
    this.secret = new Secret(secret);
    this.sockets = sockets;
    this.rules = new TokenRules(settings, clock);
    this.clock = clock;
  }

  /**
   * The provider of the configuration.
   *
   * @throws IllegalArgumentException when the secret or the authority cannot be read
   */
  static IdentityProvider open(ProviderSettings settings, String address, InstantSource clock) {
    try {
      Optional<SSLSocketFactory> sockets =
          settings.authorityFile().isEmpty()
              ? Optional.empty()
              : Optional.of(
                  TlsContexts.client(Path.of(settings.authorityFile())).getSocketFactory());
      var secret = Files.readString(Path.of(settings.clientSecretFile())).strip();
      return new IdentityProvider(settings, address, secret, sockets, clock);
    } catch (IOException | PkiException e) {
      throw new IllegalArgumentException(
          "govcloud.identity.provider: " + e.getMessage() + " (expected: files that fit)", e);
    }
  }

  private record Known(
      OIDCProviderMetadata metadata,
      IDTokenValidator validator,
      LogoutTokenValidator logouts,
      Instant at) {}

  String name() {
    return settings.name();
  }

  /** Where the browser has to go; fails with a problem. */
  URI way(ProviderJourney journey) {
    var metadata = known().metadata();
    var request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(OIDCScopeValue.OPENID),
                new ClientID(settings.clientId()),
                back)
            .endpointURI(metadata.getAuthorizationEndpointURI())
            .state(new State(journey.state()))
            .nonce(new Nonce(journey.nonce()))
            .codeChallenge(new CodeVerifier(journey.verifier()), CodeChallengeMethod.S256)
            .maxAge((int) settings.maxAge().toSeconds());
    if (!settings.acr().isEmpty()) {
      request.acrValues(settings.acr().stream().map(ACR::new).toList());
    }
    return request.build().toURI();
  }

  /**
   * What the provider says of who has come back; fails with a problem when it does not answer.
   *
   * @param query with which the browser has come back
   */
  ProviderAnswer answer(ProviderJourney journey, Map<String, List<String>> query) {
    try {
      var provider = known();
      var code = code(AuthenticationResponseParser.parse(back, query), provider.metadata());
      if (code.isEmpty()) {
        return ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED);
      }
      var request =
          new TokenRequest.Builder(
                  provider.metadata().getTokenEndpointURI(),
                  new ClientSecretBasic(new ClientID(settings.clientId()), secret),
                  new AuthorizationCodeGrant(
                      code.get(), back, new CodeVerifier(journey.verifier())))
              .build()
              .toHTTPRequest();
      configure(request);
      var response = OIDCTokenResponseParser.parse(request.send());
      if (!response.indicatesSuccess()) {
        LOG.warn("identity provider: no token: {}", response.toErrorResponse().getErrorObject());
        return ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED);
      }
      var success = (OIDCTokenResponse) response.toSuccessResponse();
      var token = success.getOIDCTokens().getIDToken();
      return rules.judge(provider.validator().validate(token, new Nonce(journey.nonce())));
    } catch (IOException e) {
      throw away(e);
    } catch (com.nimbusds.oauth2.sdk.ParseException | BadJOSEException | JOSEException e) {
      LOG.warn("identity provider: its answer is refused: {}", e.getMessage());
      return ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED);
    }
  }

  /** Who has signed out at the provider, by a token of it; fails with a problem. */
  ProviderLogout.SignedOut signedOut(String token) {
    try {
      var claims = known().logouts().validate(SignedJWT.parse(token));
      var subject = claims.getSubject();
      var oldest = clock.instant().minus(LOGOUT_LIFE);
      if (subject == null || claims.getIssueTime().toInstant().isBefore(oldest)) {
        throw ProviderLogout.refused(subject == null ? "without sub" : "too old").asException();
      }
      return new ProviderLogout.SignedOut(
          new ProviderIdentity(claims.getIssuer().getValue(), subject.getValue()),
          claims.getJWTID().getValue());
    } catch (ParseException | BadJOSEException | JOSEException e) {
      LOG.warn("identity provider: a sign-out is refused: {}", e.getMessage());
      throw ProviderLogout.refused("not one of the provider").asException();
    }
  }

  /** The code, if the answer is of this provider and no other (RFC 9207). */
  private Optional<AuthorizationCode> code(
      AuthenticationResponse response, OIDCProviderMetadata metadata) {
    var issuer = response.getIssuer();
    var named = issuer != null || metadata.supportsAuthorizationResponseIssuerParam();
    if (named && !metadata.getIssuer().equals(issuer)) {
      LOG.warn("identity provider: an answer of {} (expected: of {})", issuer, settings.issuer());
      return Optional.empty();
    }
    if (!response.indicatesSuccess()) {
      LOG.info("identity provider: {}", response.toErrorResponse().getErrorObject());
      return Optional.empty();
    }
    return Optional.ofNullable(response.toSuccessResponse().getAuthorizationCode());
  }

  private Known known() {
    var now = known;
    if (now.metadata() != null && clock.instant().isBefore(now.at().plus(BELIEVED))) {
      return now;
    }
    try {
      var metadata = OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), this::configure);
      var millis = (int) settings.timeout().toMillis();
      var keys = metadata.getJWKSetURI().toURL();
      var retriever =
          new DefaultResourceRetriever(millis, millis, LARGEST, true, sockets.orElse(null));
      var issuer = metadata.getIssuer();
      var client = new ClientID(settings.clientId());
      var signature = JWSAlgorithm.parse(settings.signature());
      known =
          new Known(
              metadata,
              new IDTokenValidator(issuer, client, signature, keys, retriever),
              new LogoutTokenValidator(issuer, client, signature, keys, retriever),
              clock.instant());
      return known;
    } catch (GeneralException | IOException e) {
      throw away(e);
    }
  }

  private void configure(HTTPRequest request) {
    request.setConnectTimeout((int) settings.timeout().toMillis());
    request.setReadTimeout((int) settings.timeout().toMillis());
    request.setFollowRedirects(false);
    sockets.ifPresent(request::setSSLSocketFactory);
  }

  private RuntimeException away(Exception cause) {
    LOG.warn("identity provider {}: {}", settings.issuer(), cause.getMessage());
    return Problem.of(
            BorderCode.IDENTITY_PROVIDER_AWAY,
            "identity provider: no answer that can be used (expected: one within "
                + settings.timeout().toMillis()
                + " ms)")
        .header("Retry-After", "10")
        .asException();
  }
}
