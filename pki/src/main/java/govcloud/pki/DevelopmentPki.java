package govcloud.pki;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * The authorities of a cloud on one machine and the certificates of its doors, in one folder: one
 * authority for each kind of door, so that a certificate for one opens no other. Certificates last
 * a day and are made anew when two thirds of it are over; whoever uses them reads them again.
 */
public final class DevelopmentPki {
  /** How long a certificate lasts. */
  public static final Duration LIFE = Duration.ofDays(1);

  /** The DNS name that every node's certificate for its cluster ends with. */
  public static final String CLUSTER_DOMAIN = "cluster.govcloud.internal";

  private static final Duration REST = LIFE.dividedBy(3);
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  private final Path folder;
  private final InstantSource clock;
  private final SecureRandom random;
  private final List<String> networks;

  /** Nothing made yet; for this machine alone. */
  public DevelopmentPki(Path folder, InstantSource clock, SecureRandom random) {
    this(folder, clock, random, LOOPBACK);
  }

  /**
   * The same for machines that are only played on this one.
   *
   * @param networks address/bits; what is made here can sign for no other address
   */
  public DevelopmentPki(
      Path folder, InstantSource clock, SecureRandom random, List<String> networks) {
    this.folder = folder;
    this.clock = clock;
    this.random = random;
    this.networks = List.copyOf(networks);
  }

  /** Kinds of doors. */
  public enum Door {
    /** What everybody sees: the pages and the API. */
    PUBLIC("public", "localhost"),
    /** Between the nodes of one cloud. */
    CLUSTER("cluster", CLUSTER_DOMAIN),
    /** Of a Cassandra, for nodes and whoever else logs in to it. */
    CASSANDRA("cassandra", "cassandra.govcloud.internal"),
    /** Between Cassandras, where nobody is asked for a password. */
    INTERNODE("internode", "internode.govcloud.internal");

    private final String label;
    private final String domain;

    Door(String label, String domain) {
      this.label = label;
      this.domain = domain;
    }

    /** As files and reports name it. */
    public String label() {
      return label;
    }
  }

  /** The certificate of the authority of a kind of doors. */
  public static Path authority(Path folder, Door door) {
    return folder.resolve(door.label() + "-ca.pem");
  }

  /** The certificate of one party for a kind of doors, with its key: mode 0600. */
  public static Path identity(Path folder, Door door, String party) {
    return folder.resolve(door.label() + "-" + party + ".pem");
  }

  /**
   * Makes sure that a party has a certificate that lasts; what lasts is left as it is.
   *
   * @param party whose it is, such as {@code node-1}; also the common name
   * @param names DNS names and addresses that stand in it
   * @return whether one was made
   */
  public boolean ensure(Door door, String party, List<String> names) throws PkiException {
    return ensure(door, party, names, new KeyPurposeId[0]);
  }

  /**
   * The same for a party that calls and is never called: its certificate, stolen, makes no server.
   *
   * @param party whose it is; its name in the certificate is below the door's own
   */
  public boolean ensureClient(Door door, String party) throws PkiException {
    return ensure(door, party, List.of(party + "." + door.domain), KeyPurposeId.id_kp_clientAuth);
  }

  private boolean ensure(Door door, String party, List<String> names, KeyPurposeId... purposes)
      throws PkiException {
    Instant now = clock.instant();
    makeFolder();
    DevelopmentAuthority authority =
        DevelopmentAuthority.open(folder, door.label(), names(door), now, now.plus(LIFE), random);
    Path file = identity(folder, door, party);
    if (lasts(file, authorityOf(door), now)) {
      return false;
    }
    Identity made = authority.issue(party, names, now, now.plus(LIFE), purposes);
    PemFile.write(file, made.key(), made.chain());
    return true;
  }

  /** Its authority can sign for nothing else. */
  private List<String> names(Door door) {
    return Stream.concat(Stream.of(door.domain), networks.stream()).toList();
  }

  private Path authorityOf(Door door) {
    return authority(folder, door);
  }

  /** What cannot be read is made anew. */
  private static boolean lasts(Path file, Path authority, Instant now) throws PkiException {
    if (!Files.exists(file)) {
      return false;
    }
    try {
      Identity there = Identity.read(file, file);
      Instant end = there.certificate().getNotAfter().toInstant();
      Instant begin = there.certificate().getNotBefore().toInstant();
      return there.chain().contains(PemFile.certificates(authority).get(0))
          && !begin.isAfter(now)
          && end.minus(REST).isAfter(now);
    } catch (PkiException e) {
      if (e.defect() == PkiDefect.TLS_FILE_UNUSABLE) {
        throw e;
      }
      return false;
    }
  }

  private void makeFolder() throws PkiException {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new PkiException(PkiDefect.TLS_FILE_UNUSABLE, folder + " (" + e.getMessage() + ")", e);
    }
  }
}
