package govcloud.node.replication;

import java.time.Instant;

/**
 * Something about replication that an operator has to look at.
 *
 * @param kind what it is
 * @param subject what it is about: the sibling, a slice, a file, an entity
 * @param detail what was seen last
 * @param since when it was seen first
 */
public record ReplicationAlarm(Kind kind, String subject, String detail, Instant since) {

  /** The kinds of alarms. */
  public enum Kind {
    /** This site was given up: nothing that it does counts. */
    SITE_FENCED,
    /** This site accepts nothing, because it is to be moved. */
    SITE_DRAINED,
    /** The sibling does not answer. */
    SIBLING_AWAY,
    /** The sibling does not take a segment. */
    SEGMENT_REFUSED,
    /** The sibling lacks what it signed for. */
    SIBLING_LOST,
    /** The sibling has lost segments between others, and asks for them again. */
    SIBLING_DAMAGED,
    /** Segments of the sibling are missing or damaged here, and are asked for again. */
    RECEIVED_DAMAGED,
    /** The sibling takes nothing more: this cloud has used up what it may keep there. */
    SIBLING_QUOTA,
    /** The sibling has nearly or quite used up what it may keep here. */
    RECEIVED_QUOTA,
    /** Records have waited for a receipt longer than is allowed. */
    RECOVERY_POINT_OLD,
    /** An attachment has not come to the sibling within its time. */
    ATTACHMENT_MISSING,
    /** The sibling has not taken the keys of people as they are for too long. */
    VAULT_COPY_OLD,
    /** The newest cut is too old, or there was none. */
    CUT_OLD,
    /** This cloud's own archive does not work. */
    ARCHIVE_FAILING,
    /** A bucket with an archive can be emptied by whoever has its account. */
    ARCHIVE_UNLOCKED,
    /** Log, chunks, archive and receipts do not agree. */
    AUDIT_DIFFERENCE,
    /** Something lies among this cloud's keys that does not count, or is damaged. */
    KEY_REFUSED,
    /** The last good drill of everything is too old, or there was none. */
    DRILL_OLD,
    /** The sibling has not cosigned the newest entries of the ledger for too long. */
    LEDGER_UNWITNESSED,
    /** The ledger signs nothing more: it is not the one that was signed before. */
    LEDGER_STOPPED,
    /** A copy of the sibling's ledger takes in nothing more on this node. */
    LEDGER_COPY_STOPPED
  }
}
