package govcloud.replication.link;

import govcloud.replication.blob.BlobAddress;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a dropped blob, such as {@code 0001700000000000000_harbour_blobs_be_be12...}, or of a
 * list of those that a cloud has, {@code 0001700000000000000_mountain_blobs_be.have}.
 *
 * @param number grows with every file that a process drops
 * @param cloud that drops it
 * @param branch first byte of the addresses
 * @param address of the blob; empty: it is a list
 */
record DropBlobName(long number, String cloud, int branch, Optional<BlobAddress> address) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{19})_([^_]+)_blobs_([0-9a-f]{2})(?:\\.have|_([0-9a-f]{64}))");
  private static final int BYTE = 0xff;

  static DropBlobName blob(long number, String cloud, BlobAddress address) {
    return new DropBlobName(number, cloud, address.hash().byteAt(0) & BYTE, Optional.of(address));
  }

  static DropBlobName list(long number, String cloud, int branch) {
    return new DropBlobName(number, cloud, branch, Optional.empty());
  }

  /** The name that a text is, if it is one. */
  static Optional<DropBlobName> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var name =
        new DropBlobName(
            Long.parseLong(matcher.group(1)),
            matcher.group(2),
            HexFormat.fromHexDigits(matcher.group(3)),
            Optional.ofNullable(matcher.group(4)).flatMap(BlobAddress::parse));
    return Optional.of(name).filter(found -> found.text().equals(text));
  }

  /** Whether it is the list of what a cloud has. */
  boolean isList() {
    return address.isEmpty();
  }

  /** The same, whenever it is dropped. */
  DropBlobName unnumbered() {
    return new DropBlobName(0, cloud, branch, address);
  }

  /** The text. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%019d_%s_%s%s",
        number,
        cloud,
        BlobAddress.folder(branch).replace('/', '_'),
        address.map(one -> "_" + one.text()).orElse(".have"));
  }
}
