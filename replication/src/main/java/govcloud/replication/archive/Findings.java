package govcloud.replication.archive;

import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.ReplicaDefect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gathers findings while a replica is checked: one file's defect does not end the check. */
final class Findings {
  private final List<Finding> list = new ArrayList<>();
  private final Consumer<Finding> listener;

  Findings(Consumer<Finding> listener) {
    this.listener = listener;
  }

  /** Something that may be refused. */
  interface Check<T> {
    T run() throws DamagedReplicaException;
  }

  /** The result, or empty where it was refused. */
  <T> Optional<T> found(Check<T> check) {
    try {
      return Optional.of(check.run());
    } catch (DamagedReplicaException e) {
      add(e.finding());
      return Optional.empty();
    }
  }

  void add(ReplicaDefect defect, ArchiveName name, String detail) {
    add(Finding.of(defect, name.text(), detail));
  }

  void add(Finding finding) {
    list.add(finding);
    listener.accept(finding);
  }

  List<Finding> list() {
    return list;
  }
}
