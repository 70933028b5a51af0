package govcloud.node.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A provider that lies as it is told: whatever token a test wants, it gives. */
final class FakeProvider implements AutoCloseable {

  private static final RSAKey KEY = key();
  private static final RSAKey OTHER = key();

  private final HttpServer server;

  /** What it answers at its token endpoint. */
  volatile Supplier<String> token = () -> "";

  /** With which status. */
  volatile int status = 200;

  /** The body of the last question at its token endpoint. */
  volatile String asked = "";

  /** What it calls itself, if that is not where it is. */
  volatile String alias = "";

  /** How many have asked what it says of itself. */
  final AtomicInteger introductions = new AtomicInteger();

  FakeProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/.well-known/openid-configuration", this::introduce);
    server.createContext(
        "/jwks", exchange -> say(exchange, 200, new JWKSet(KEY.toPublicJWK()).toString()));
    server.createContext(
        "/token",
        exchange -> {
          asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          say(exchange, status, token.get());
        });
    server.start();
  }

  private static RSAKey key() {
    try {
      return new RSAKeyGenerator(2048).keyID("one").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private void introduce(HttpExchange exchange) throws IOException {
    introductions.incrementAndGet();
    say(
        exchange,
        200,
        """
        {"issuer": "%2$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
         "jwks_uri": "%1$s/jwks", "response_types_supported": ["code"],
         "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
         "authorization_response_iss_parameter_supported": true}
        """
            .formatted(issuer(), alias.isEmpty() ? issuer() : alias));
  }

  private static void say(HttpExchange exchange, int status, String json) throws IOException {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Claims about whom nothing is wrong. */
  JWTClaimsSet.Builder claims(String nonce, Instant at) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("24400320")
        .audience("govcloud")
        .claim("nonce", nonce)
        .claim("amr", List.of("pwd", "mfa"))
        .claim("auth_time", at.getEpochSecond())
        .issueTime(Date.from(at))
        .expirationTime(Date.from(at.plusSeconds(300)));
  }

  /** Gives a token that its key has signed. */
  void gives(JWTClaimsSet claims) throws JOSEException {
    gives(claims, JWSAlgorithm.RS256, new RSASSASigner(KEY));
  }

  /** Gives a token whose key everybody knows: the public one, taken for a secret. */
  void givesByPublicKey(JWTClaimsSet claims) throws JOSEException {
    gives(claims, JWSAlgorithm.HS256, new MACSigner(KEY.toRSAPublicKey().getEncoded()));
  }

  /** Gives a token of a key that it does not publish. */
  void givesByOtherKey(JWTClaimsSet claims) throws JOSEException {
    gives(claims, JWSAlgorithm.RS256, new RSASSASigner(OTHER));
  }

  private void gives(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer)
      throws JOSEException {
    var text = signed(claims, algorithm, signer);
    token = () -> body(text);
  }

  private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer)
      throws JOSEException {
    var signed = new SignedJWT(new JWSHeader.Builder(algorithm).keyID("one").build(), claims);
    signed.sign(signer);
    return signed.serialize();
  }

  /** Claims of a sign-out, of which nothing is wrong. */
  JWTClaimsSet.Builder signOut(Instant at) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("24400320")
        .audience("govcloud")
        .jwtID("sign-out-1")
        .issueTime(Date.from(at))
        .expirationTime(Date.from(at.plusSeconds(120)))
        .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
  }

  /** A token that its key has signed. */
  static String signed(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(KEY));
  }

  /** A token of a key that it does not publish. */
  static String signedByOtherKey(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.RS256, new RSASSASigner(OTHER));
  }

  /** A token whose key everybody knows: the public one, taken for a secret. */
  static String signedByPublicKey(JWTClaimsSet claims) throws JOSEException {
    return signed(claims, JWSAlgorithm.HS256, new MACSigner(KEY.toRSAPublicKey().getEncoded()));
  }

  /** Gives a token that nobody has signed. */
  void givesUnsigned(JWTClaimsSet claims) {
    var text = new PlainJWT(claims).serialize();
    token = () -> body(text);
  }

  private static String body(String token) {
    return "{\"access_token\": \"a\", \"token_type\": \"Bearer\", \"id_token\": \"" + token + "\"}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
