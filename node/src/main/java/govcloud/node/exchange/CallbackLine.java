package govcloud.node.exchange;

import govcloud.pki.request.ContentDigest;
import govcloud.pki.request.ProgramKey;
import govcloud.pki.request.RequestSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/** Posts what departments are told to the addresses that they have declared. */
final class CallbackLine {

  private final OutwardLine line;
  private final Duration patience;
  private final ProgramKey key;
  private final RequestSigner signer;

  /**
   * A line.
   *
   * @param privateHosts hosts that may be in a private network
   * @param patience for all of one call
   * @param key signs what is posted
   * @param random for nonces
   */
  CallbackLine(
      SSLSocketFactory tls,
      Set<String> privateHosts,
      Duration patience,
      ProgramKey key,
      SecureRandom random,
      InstantSource clock) {
    this.line = new OutwardLine(tls, privateHosts, "govcloud.exchange.callbacks.private-hosts");
    this.patience = patience;
    this.key = key;
    this.signer = new RequestSigner(key, random, clock);
  }

  /** How its signatures name their key. */
  String keyId() {
    return key.id();
  }

  /**
   * The address that a text is.
   *
   * @throws IOException when nothing may be posted there; says why
   */
  URI require(String text) throws IOException {
    return line.require(text);
  }

  /** Whether an address is one of the public network. */
  static boolean isPublic(InetAddress address) {
    return OutwardLine.isPublic(address);
  }

  /**
   * Posts.
   *
   * @param message the same for the same
   * @return the status of the answer, of which nothing else is read
   * @throws IOException when there is none in time, or nothing may be posted there
   */
  int post(String text, String message, byte[] body) throws IOException {
    var address = require(text);
    return line.post(address, headers(address, message, body), body, patience, HttpAnswer::status);
  }

  private Map<String, String> headers(URI address, String message, byte[] body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Idempotency-Key", message);
    headers.putAll(
        signer.headers("POST", address, Map.copyOf(headers), Optional.of(ContentDigest.of(body))));
    return headers;
  }
}
