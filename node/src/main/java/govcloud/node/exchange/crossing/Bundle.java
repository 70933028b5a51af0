package govcloud.node.exchange.crossing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.ByteString;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.JsonBytes;
import govcloud.replication.keys.SealedBox;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Messages for another cloud as a file: a signed message that names sender, receiver, stream,
 * number and the bundle before, one line, and behind it the messages, sealed. Whoever changes a bit
 * of either makes something that is not accepted.
 *
 * @param cover what is signed; it holds the hash of the rest
 * @param sealed the messages, which the receiver alone can open
 */
record Bundle(SignedMessage cover, ByteString sealed) {

  /** Most bytes of a message: Cassandra keeps no value that is much larger. */
  public static final int LARGEST_MESSAGE = 8 << 20;

  private static final int LARGEST = LARGEST_MESSAGE + (1 << 20);

  private static final String SEALED = "sealed";
  private static final String ENDING = ".bundle";
  private static final int STREAM_DIGITS = 32;
  private static final int LENGTH = 4;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** The stream of what is sealed to one key by the cloud that has another. */
  static String stream(String senderKey, String receiverKey) {
    return JsonBytes.sha256("govcloud exchange stream v1\n" + senderKey + "\n" + receiverKey)
        .substring(0, STREAM_DIGITS);
  }

  /**
   * Makes the bundle behind another one.
   *
   * @param before the one before it in its stream
   * @param receiverKey 64 hexadecimal digits
   * @throws IllegalArgumentException when nothing can be sealed to that key
   */
  static Bundle seal(
      KnownClouds own,
      String receiver,
      Position before,
      String receiverKey,
      List<ByteString> messages,
      Instant at,
      String nonce) {
    var number = Long.toString(before.number() + 1);
    var place = place(own.own(), receiver, before.stream(), number);
    var sealed = SealedBox.seal(HexFormat.of().parseHex(receiverKey), place, joined(messages));
    var head =
        new Head(
            Head.BUNDLE,
            own.own(),
            receiver,
            number,
            at.toString(),
            nonce,
            "",
            before.stream(),
            before.hash(),
            "");
    var body = JsonNodeFactory.instance.objectNode().put(SEALED, CanonicalJson.sha256(sealed));
    return new Bundle(
        SignedMessage.sign(head, body, own.signer().current()), ByteString.copyFrom(sealed));
  }

  private static byte[] place(String sender, String receiver, String stream, String number) {
    return String.join("\n", "govcloud exchange bundle v1", sender, receiver, stream, number)
        .getBytes(UTF_8);
  }

  private static byte[] joined(List<ByteString> messages) {
    var all = new ByteArrayOutputStream();
    for (var message : messages) {
      all.writeBytes(ByteBuffer.allocate(LENGTH).putInt(message.size()).array());
      all.writeBytes(message.toByteArray());
    }
    return all.toByteArray();
  }

  /** The file. */
  ByteString toFile() {
    return ByteString.copyFrom(cover.toBytes())
        .concat(ByteString.copyFromUtf8("\n"))
        .concat(sealed);
  }

  /**
   * Reads a file; nothing in it is to be believed before its cover is verified.
   *
   * @throws CrossingException when it is none, or not in its one form
   */
  static Bundle parse(byte[] file) throws CrossingException {
    if (file.length > LARGEST) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_TOO_LARGE,
          "bundle: too large (expected: at most " + LARGEST + " bytes)");
    }
    int end = 0;
    while (end < file.length && end < SignedMessage.LARGEST && file[end] != '\n') {
      end++;
    }
    if (end == file.length || file[end] != '\n') {
      throw damaged("no line that ends (expected: a signed message and what is sealed)");
    }
    var all = ByteString.copyFrom(file);
    var bundle =
        new Bundle(
            SignedMessage.parse(all.substring(0, end).toByteArray()), all.substring(end + 1));
    if (!CanonicalJson.sha256(bundle.sealed.toByteArray())
        .equals(bundle.cover.text("/" + SEALED))) {
      throw damaged("what is sealed is not what was signed (expected: to its end, unchanged)");
    }
    if (!NUMBER.matcher(bundle.cover.head().message()).matches()) {
      throw damaged("number " + bundle.cover.head().message() + " (expected: 1 or more)");
    }
    return bundle;
  }

  private static CrossingException damaged(String found) {
    return new CrossingException(ExchangeRefusal.EXCHANGE_BUNDLE_DAMAGED, "bundle: " + found);
  }

  /**
   * When it was made.
   *
   * @throws CrossingException when that is no time
   */
  Instant at() throws CrossingException {
    try {
      return Instant.parse(cover.head().at());
    } catch (DateTimeParseException e) {
      throw damaged("at: " + cover.head().at() + " (expected: a time)");
    }
  }

  /** Where it stands. */
  Position position() {
    return new Position(stream(), Long.parseLong(cover.head().message()), cover.hash());
  }

  String stream() {
    return cover.head().address();
  }

  /** Hash of the bundle before; empty: it is the first. */
  String previous() {
    return cover.head().answers();
  }

  /** How the file of a bundle is called. */
  static String name(String sender, long number) {
    return String.format(Locale.ROOT, "%s_%019d%s", sender, number, ENDING);
  }

  /**
   * The messages, each as its sender signed it.
   *
   * @throws CrossingException when it was sealed to another key, or holds something else
   */
  List<ByteString> open(BundleKey key) throws CrossingException {
    var head = cover.head();
    var text =
        key.open(
                place(head.sender(), head.receiver(), stream(), head.message()),
                sealed.toByteArray())
            .orElseThrow(
                () ->
                    new CrossingException(
                        ExchangeRefusal.EXCHANGE_BUNDLE_OTHER_KEY,
                        "bundle "
                            + head.message()
                            + ": not sealed to the key of this cloud (expected: "
                            + key.text()
                            + ")"));
    var messages = new ArrayList<ByteString>();
    var left = ByteBuffer.wrap(text);
    while (left.hasRemaining()) {
      int length = left.remaining() < LENGTH ? -1 : left.getInt();
      if (length < 0 || length > left.remaining()) {
        throw damaged("what is sealed are no messages (expected: each with its length)");
      }
      messages.add(ByteString.copyFrom(left, length));
    }
    return messages;
  }
}
