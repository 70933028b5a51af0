package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.LinkIdentity;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.statement.SigningKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;

/** A cloud that holds its keys and says what it likes to another one's door. */
public final class ForgingCloud {
  private static final long SEED = 20261129;

  private final SigningKey key;
  private final HttpClient http;
  private final String address;
  private final String terms;
  private final Random random = new Random(SEED);

  /**
   * A cloud with the keys of a folder.
   *
   * @param address {@code host:port} of the other one's door
   * @param terms address of an agreement's terms
   */
  public ForgingCloud(KeyFolder keys, X509Certificate other, String address, String terms)
      throws Exception {
    this(keys.signing(), keys.link(), other, address, terms);
  }

  /** A cloud with any keys. */
  public ForgingCloud(
      SigningKey key, LinkIdentity link, X509Certificate other, String address, String terms) {
    this.key = key;
    this.address = address;
    this.terms = terms;
    this.http =
        HttpClient.newBuilder()
            .sslContext(PinnedTls.context(link, other))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
  }

  /** A head as it should be. */
  public Head head(String message) {
    var nonce = new byte[16];
    random.nextBytes(nonce);
    return new Head(
        Head.QUERY,
        "mountain",
        "harbour",
        message,
        Instant.now().toString(),
        HexFormat.of().formatHex(nonce),
        "violations",
        terms,
        "",
        "");
  }

  /** The same head for another receiver. */
  public static Head to(Head head, String receiver) {
    return new Head(
        head.kind(),
        head.sender(),
        receiver,
        head.message(),
        head.at(),
        head.nonce(),
        head.agreement(),
        head.address(),
        head.answers(),
        head.bodyHash());
  }

  /** The same head at another time. */
  public static Head at(Head head, Instant at) {
    return new Head(
        head.kind(),
        head.sender(),
        head.receiver(),
        head.message(),
        at.toString(),
        head.nonce(),
        head.agreement(),
        head.address(),
        head.answers(),
        head.bodyHash());
  }

  /** The same head under another agreement and of another sender. */
  public static Head of(Head head, String sender, String agreement, String address) {
    return new Head(
        head.kind(),
        sender,
        head.receiver(),
        head.message(),
        head.at(),
        head.nonce(),
        agreement,
        address,
        head.answers(),
        head.bodyHash());
  }

  /** A body that says that a person is a party to an open case of the clerk. */
  public static ObjectNode body(String subject) {
    var body = CrossingSamples.body();
    body.putObject("subject").put("number", subject).put("kind", "person");
    body.putArray("fields");
    return body;
  }

  /** A message as this cloud signs it. */
  public byte[] signed(Head head, ObjectNode body) {
    return SignedMessage.sign(head, body, key).toBytes();
  }

  /** The same bytes with another text somewhere. */
  public static byte[] changed(byte[] message, String from, String to) {
    return new String(message, StandardCharsets.UTF_8)
        .replace(from, to)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The body of the answer; of one with another status that and nothing else. */
  public String send(byte[] message) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("https://" + address + CloudLink.PATH))
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 200 ? answer.body() : "" + answer.statusCode();
  }
}
