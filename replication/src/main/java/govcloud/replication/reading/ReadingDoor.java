package govcloud.replication.reading;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveRuns;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cloud answers to who may read what it has received: names, page by page, and files, in
 * runs. Nothing is whole in memory but a page of names. Who asks is looked at before; bytes are
 * sealed and signed as they were sent. For several threads.
 */
public final class ReadingDoor {
  /** Behind the origin: all that is read. */
  public static final String READ = "read/";

  /** Behind that: the names of a kind of files, or of the blobs of a branch. */
  /** Refusal: the file is not there. */
  static final String ABSENT = "REPLICA_FILE_ABSENT";

  static final String LIST = "list/";

  /** Behind that: the name of the last file of a kind and a slice. */
  static final String LAST = "last/";

  /** Behind that: a file or blob. */
  static final String FILE = "file/";

  /** Parameter of a list: the name behind which it goes on. */
  public static final String AFTER = "after";

  /** Header of a page: there are more names. */
  static final String MORE = "Govcloud-More";

  /** Header of a page, and of a file where it was asked for: its hash (RFC 9530). */
  static final String DIGEST = "Repr-Digest";

  /** Header of a request that asks for it. */
  public static final String WANT_DIGEST = "Want-Repr-Digest";

  /** Content-Range of a file without bytes. */
  static final String EMPTY = "bytes */0";

  private static final Pattern KIND = Pattern.compile("[a-z]{1,20}");
  private static final Pattern LAST_OF = Pattern.compile("([a-z]{1,20})/(\\d{1,5})");
  private static final Pattern BRANCH = Pattern.compile(BlobAddress.FOLDER + "/([0-9a-f]{2})");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{1,18})");
  private static final int BUFFER = 64 << 10;
  private static final int OK = 200;
  private static final int PART = 206;
  private static final int NOT_FOUND = 404;
  private static final int BEYOND = 416;

  private final ArchiveStore store;
  private final ArchiveRuns runs;
  private final BlobStore blobs;
  private final int page;

  /**
   * What is asked.
   *
   * @param name what stands behind {@link #READ} in the path
   * @param after the parameter {@link #AFTER}
   * @param range the header {@code Range}
   * @param digest whether the header {@link #WANT_DIGEST} is there
   */
  public record Question(
      String name, Optional<String> after, Optional<String> range, boolean digest) {}

  /**
   * What is answered.
   *
   * @param status of HTTP
   * @param code why it is not given; empty: it is
   * @param headers further ones
   * @param length bytes of the body
   * @param body the caller closes it
   */
  public record Answer(
      int status, String code, Map<String, String> headers, long length, InputStream body) {}

  /** Over an archive; {@code runs} gives the same files as {@code store}. */
  public ReadingDoor(ArchiveStore store, ArchiveRuns runs, BlobStore blobs) {
    this(store, runs, blobs, 20_000);
  }

  /** With so many names on a page. */
  ReadingDoor(ArchiveStore store, ArchiveRuns runs, BlobStore blobs, int page) {
    this.store = store;
    this.runs = runs;
    this.blobs = blobs;
    this.page = page;
  }

  /**
   * The answer; blocks.
   *
   * @throws ArchiveStoreException when the archive does not work
   */
  public Answer answer(Question question) throws ArchiveStoreException {
    String name = question.name();
    if (name.startsWith(FILE)) {
      return file(name.substring(FILE.length()), question);
    }
    Optional<List<String>> names =
        name.startsWith(LIST)
            ? list(name.substring(LIST.length()), question.after().orElse(""))
            : last(name);
    return names.isPresent() ? page(names.get()) : unknown(name);
  }

  private static Answer unknown(String name) {
    return refused(
        NOT_FOUND, "REPLICA_NAME_UNKNOWN", name + ": no name of a list or file", Map.of());
  }

  private static Answer refused(
      int status, String code, String detail, Map<String, String> headers) {
    byte[] text = detail.getBytes(StandardCharsets.UTF_8);
    return new Answer(status, code, headers, text.length, new ByteArrayInputStream(text));
  }

  private Answer page(List<String> names) {
    boolean more = names.size() > page;
    byte[] text =
        String.join("\n", more ? names.subList(0, page) : names).getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new TreeMap<>();
    headers.put(DIGEST, digest(ReplicaHash.of(text, 0, text.length)));
    if (more) {
      headers.put(MORE, "yes");
    }
    return new Answer(OK, "", headers, text.length, new ByteArrayInputStream(text));
  }

  /** Names behind a name, one more than a page has if there are so many. */
  private Optional<List<String>> list(String of, String after) throws ArchiveStoreException {
    Matcher branch = BRANCH.matcher(of);
    if (branch.matches()) {
      List<String> found = new ArrayList<>();
      blobs.list(
          HexFormat.fromHexDigits(branch.group(1)),
          blob -> {
            if (found.size() <= page && blob.address().name().compareTo(after) > 0) {
              found.add(blob.address().name() + " " + blob.length());
            }
          });
      return Optional.of(found);
    }
    Optional<StatementKind> kind = KIND.matcher(of).matches() ? kind(of) : Optional.empty();
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            store.list(kind.get()).stream()
                .map(ArchiveName::text)
                .filter(text -> text.compareTo(after) > 0)
                .limit(page + 1L)
                .toList());
  }

  private Optional<List<String>> last(String name) throws ArchiveStoreException {
    Matcher of = LAST_OF.matcher(name.startsWith(LAST) ? name.substring(LAST.length()) : "");
    Optional<StatementKind> kind = of.matches() ? kind(of.group(1)) : Optional.empty();
    return kind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            store.last(kind.get(), Integer.parseInt(of.group(2))).stream()
                .map(ArchiveName::text)
                .toList());
  }

  private static Optional<StatementKind> kind(String text) {
    return Arrays.stream(StatementKind.values())
        .filter(kind -> kindName(kind).equals(text))
        .findFirst();
  }

  /** A kind as paths have it. */
  static String kindName(StatementKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Answer file(String name, Question question) throws ArchiveStoreException {
    Optional<ArchiveName> file = ArchiveName.parse(name);
    Optional<BlobAddress> blob = BlobAddress.ofName(name);
    if (file.isEmpty() && blob.isEmpty()) {
      return unknown(name);
    }
    OptionalLong length = file.isPresent() ? runs.length(file.get()) : blobs.length(blob.get());
    if (length.isEmpty()) {
      return refused(NOT_FOUND, ABSENT, name + ": not here", Map.of());
    }
    long all = length.getAsLong();
    Matcher range = RANGE.matcher(question.range().orElse(""));
    long from = range.matches() && all > 0 ? Long.parseLong(range.group(1)) : 0;
    long to = range.matches() ? Math.min(all, Long.parseLong(range.group(2)) + 1) : all;
    if (from >= to && all > 0) {
      return refused(
          BEYOND,
          "RANGE_NOT_SATISFIABLE",
          name + ": Range: behind the end (expected: below " + all + ")",
          Map.of("Content-Range", "bytes */" + all));
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("Content-Range", all == 0 ? EMPTY : "bytes " + from + "-" + (to - 1) + "/" + all);
    if (question.digest() && file.isPresent()) {
      headers.put(DIGEST, digest(hash(file.get(), all)));
    }
    InputStream body =
        (file.isPresent() ? runs.read(file.get(), from, to) : blobs.read(blob.get(), from, to))
            .orElseGet(InputStream::nullInputStream);
    return new Answer(all == 0 ? OK : PART, "", headers, to - from, body);
  }

  private ByteString hash(ArchiveName name, long length) throws ArchiveStoreException {
    MessageDigest digest = ReplicaHash.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = runs.read(name, 0, length).orElseGet(InputStream::nullInputStream)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return ByteString.copyFrom(digest.digest());
    } catch (IOException e) {
      throw ArchiveStoreException.of(name.text(), e);
    }
  }

  /** A hash as the header has it. */
  static String digest(ByteString hash) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(hash.toByteArray()) + ":";
  }
}
