package govcloud.cli.local;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.DevelopmentPki.Door;
import govcloud.pki.PkiException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** The certificates of a cloud on this machine: its supervisor makes and renews them. */
final class LocalPki {
  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");
  private static final List<String> CLUSTER = List.of(DevelopmentPki.CLUSTER_DOMAIN, "127.0.0.1");

  private final DevelopmentPki pki;

  LocalPki(CloudHome home, InstantSource clock, SecureRandom random) {
    this.pki = new DevelopmentPki(home.pki(), clock, random);
  }

  /**
   * Makes sure that a node has certificates that last; nodes read them again by themselves.
   *
   * @throws CommandFailure when the folder cannot be written
   */
  void ensure(NodePlan plan) {
    if (plan.tls()) {
      try {
        pki.ensure(Door.PUBLIC, plan.name(), LOOPBACK);
        pki.ensure(Door.CLUSTER, plan.name(), CLUSTER);
      } catch (PkiException e) {
        throw new CommandFailure(ExitCode.FAILED, e.defect().name(), e.getMessage());
      }
    }
  }

  /** The settings of a node. */
  static List<String> settings(CloudHome home, NodePlan plan) {
    if (!plan.tls()) {
      return List.of();
    }
    String own = NodeLaunch.quoted(DevelopmentPki.identity(home.pki(), Door.PUBLIC, plan.name()));
    String node = NodeLaunch.quoted(DevelopmentPki.identity(home.pki(), Door.CLUSTER, plan.name()));
    Path authority = DevelopmentPki.authority(home.pki(), Door.CLUSTER);
    return List.of(
        "govcloud.tls {",
        "  http { certificate-file = " + own + ", key-file = " + own + " }",
        "  cluster {",
        "    certificate-file = " + node,
        "    key-file = " + node,
        "    authority-file = " + NodeLaunch.quoted(authority),
        "    peer-name = " + DevelopmentPki.CLUSTER_DOMAIN,
        "  }",
        "}");
  }
}
