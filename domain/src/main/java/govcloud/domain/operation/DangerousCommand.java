package govcloud.domain.operation;

import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Commands that begin when two people have signed them, and in no other way. */
public enum DangerousCommand {
  /** Deletes a cut and all before it. */
  DELETE_CUTS("replication.delete-cuts"),
  /** Deletes a cut that the sibling sent, and all before it, once the sibling has agreed too. */
  DELETE_RECEIVED_CUTS("replication.delete-received-cuts"),
  /** Keeps the audit trail for longer, which nobody can take back. */
  KEEP_AUDIT("audit.keep"),
  /** Destroys the key of a person's data, which nobody can read afterwards. */
  ERASE_SUBJECT("subject.erase"),
  /** Gives the sibling's lost site up for the one that is rebuilt from its replica. */
  FAIL_OVER("replication.fail-over"),
  /** Gives this cloud its next key, which nobody can take back. */
  ROTATE_KEY("keys.rotate"),
  /** Lets a drill key, and no other one any more, open what this cloud sent. */
  GRANT_DRILL_KEY("keys.drill"),
  /** Gives the sibling's site up, which works, for another one that has everything it had. */
  SWITCH_OVER("replication.switch-over"),
  /** Gives a person another role for an hour (break-glass). */
  GRANT_EMERGENCY("access.emergency"),
  /** Lets a security administrator in again whom nobody is left to invite. */
  RECOVER_SECURITY("access.recovery");

  /** So many different people sign. */
  public static final int SIGNERS = 2;

  /** So long after it was asked for it can be signed. */
  public static final Duration PATIENCE = Duration.ofDays(7);

  private final String kind;

  DangerousCommand(String kind) {
    this.kind = kind;
  }

  /** The kind of its operations. */
  public String kind() {
    return kind;
  }

  /** Who may sign it. */
  public Set<String> roles() {
    return switch (this) {
      case DELETE_CUTS, DELETE_RECEIVED_CUTS, FAIL_OVER, SWITCH_OVER ->
          Set.of(Actor.OPERATOR, Roles.SYSTEM);
      case KEEP_AUDIT -> Set.of(Roles.AUDIT);
      case GRANT_EMERGENCY -> Roles.DUTIES;
      case RECOVER_SECURITY -> Set.of(Roles.SYSTEM, Roles.AUDIT);
      case ERASE_SUBJECT, ROTATE_KEY, GRANT_DRILL_KEY -> Set.of(Actor.OPERATOR, Roles.SECURITY);
    };
  }

  /** Whether those who sign it must be of different duties. */
  public boolean needsDifferentRoles() {
    return this == ERASE_SUBJECT
        || this == ROTATE_KEY
        || this == GRANT_DRILL_KEY
        || this == GRANT_EMERGENCY
        || this == RECOVER_SECURITY;
  }

  /** The one of a kind of operations; none: it is not dangerous. */
  public static Optional<DangerousCommand> of(String kind) {
    return Arrays.stream(values()).filter(one -> one.kind.equals(kind)).findFirst();
  }
}
