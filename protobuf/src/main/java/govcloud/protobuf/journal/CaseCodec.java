package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.Material;
import govcloud.protobuf.journal.v1.CaseApplicant;
import govcloud.protobuf.journal.v1.CaseAttachment;
import govcloud.protobuf.journal.v1.CaseChange;
import govcloud.protobuf.journal.v1.CaseCommit;
import govcloud.protobuf.journal.v1.CaseMaterialKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Journal form of {@link CaseEvent}. */
public final class CaseCodec extends ProtobufCommitCodec<CaseEvent> {

  /** The codec of {@code case/1}. */
  public CaseCodec() {
    super("case", 1, CaseEvent.class);
  }

  @Override
  MessageLite write(Commit<CaseEvent> commit) {
    var message = CaseCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = CaseChange.newBuilder();
      if (!fillWork(change, event) && !fillClock(change, event)) {
        throw formless(event);
      }
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<CaseEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = CaseCommit.parseFrom(payload);
    var events = new ArrayList<CaseEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static boolean fillWork(CaseChange.Builder change, CaseEvent event) {
    if (event instanceof CaseEvent.Created e) {
      change.setCreated(created(e));
    } else if (event instanceof CaseEvent.ActionTaken e) {
      change.setActionTaken(taken(e));
    } else if (event instanceof CaseEvent.Commented e) {
      change.getCommentedBuilder().setText(e.text());
    } else if (event instanceof CaseEvent.Assigned e) {
      change.getAssignedBuilder().setAssignee(e.assignee());
    } else if (event instanceof CaseEvent.MaterialRecorded e) {
      change.setMaterialRecorded(material(e.material()));
    } else if (event instanceof CaseEvent.DeviationNoted e) {
      change
          .getDeviationNotedBuilder()
          .setActivity(e.activity())
          .setReason(e.reason())
          .addAllAttributes(attributes(e.attributes()));
    } else if (event instanceof CaseEvent.Migrated e) {
      change
          .getMigratedBuilder()
          .setFromVersion(e.fromVersion())
          .setToVersion(e.toVersion())
          .setFromState(e.fromState())
          .setToState(e.toState())
          .setFinished(e.finished());
    } else {
      return false;
    }
    return true;
  }

  private static boolean fillClock(CaseChange.Builder change, CaseEvent event) {
    if (event instanceof CaseEvent.ClockStarted e) {
      change
          .getClockStartedBuilder()
          .setName(e.name())
          .setWorkingDays(e.workingDays())
          .setDue(timestamp(e.due()))
          .setYellowAt(timestamp(e.yellowAt()));
    } else if (event instanceof CaseEvent.ClockStopped e) {
      change.getClockStoppedBuilder().setName(e.name()).setWorkingDaysLeft(e.workingDaysLeft());
    } else if (event instanceof CaseEvent.ClockResumed e) {
      change
          .getClockResumedBuilder()
          .setName(e.name())
          .setDue(timestamp(e.due()))
          .setYellowAt(timestamp(e.yellowAt()));
    } else if (event instanceof CaseEvent.ClockExtended e) {
      change
          .getClockExtendedBuilder()
          .setName(e.name())
          .setWorkingDays(e.workingDays())
          .setWorkingDaysLeft(e.workingDaysLeft())
          .setDue(timestamp(e.due()))
          .setYellowAt(timestamp(e.yellowAt()));
    } else if (event instanceof CaseEvent.ClockCompleted e) {
      change.getClockCompletedBuilder().setName(e.name()).setInTime(e.inTime());
    } else {
      return false;
    }
    return true;
  }

  private static CaseChange.Created created(CaseEvent.Created e) {
    return CaseChange.Created.newBuilder()
        .setTenant(e.tenant())
        .setApp(e.app())
        .setDefinition(e.definition())
        .setVersion(e.version())
        .setNumber(e.number())
        .setTitle(e.title())
        .setApplicant(
            CaseApplicant.newBuilder()
                .setName(e.applicant().name())
                .setKind(e.applicant().kind())
                .setDocumentKind(e.applicant().documentKind())
                .setDocumentNumber(e.applicant().documentNumber()))
        .setForm(e.form())
        .addAllAttributes(attributes(e.attributes()))
        .setState(e.state())
        .setFinished(e.finished())
        .setBy(e.by())
        .build();
  }

  private static CaseChange.ActionTaken taken(CaseEvent.ActionTaken e) {
    return CaseChange.ActionTaken.newBuilder()
        .setAction(e.action())
        .setFrom(e.from())
        .setTo(e.to())
        .setFinished(e.finished())
        .setForm(e.form())
        .setComment(e.comment())
        .addAllDocuments(e.documents())
        .addAllAttributes(attributes(e.attributes()))
        .setBy(e.by())
        .build();
  }

  private CaseEvent event(CaseChange change, Instant at) {
    return switch (change.getKindCase()) {
      case CREATED -> created(change.getCreated(), at);
      case ACTION_TAKEN -> taken(change.getActionTaken(), at);
      case COMMENTED -> new CaseEvent.Commented(change.getCommented().getText(), at);
      case ASSIGNED -> new CaseEvent.Assigned(change.getAssigned().getAssignee(), at);
      case MATERIAL_RECORDED ->
          new CaseEvent.MaterialRecorded(material(change.getMaterialRecorded()), at);
      case DEVIATION_NOTED ->
          new CaseEvent.DeviationNoted(
              change.getDeviationNoted().getActivity(),
              change.getDeviationNoted().getReason(),
              attributes(change.getDeviationNoted().getAttributesList()),
              at);
      case MIGRATED -> migrated(change.getMigrated(), at);
      case CLOCK_STARTED -> started(change.getClockStarted(), at);
      case CLOCK_STOPPED ->
          new CaseEvent.ClockStopped(
              change.getClockStopped().getName(),
              change.getClockStopped().getWorkingDaysLeft(),
              at);
      case CLOCK_RESUMED ->
          new CaseEvent.ClockResumed(
              change.getClockResumed().getName(),
              instant(change.getClockResumed().getDue()),
              instant(change.getClockResumed().getYellowAt()),
              at);
      case CLOCK_EXTENDED -> extended(change.getClockExtended(), at);
      case CLOCK_COMPLETED ->
          new CaseEvent.ClockCompleted(
              change.getClockCompleted().getName(), change.getClockCompleted().getInTime(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static CaseEvent created(CaseChange.Created c, Instant at) {
    var applicant = c.getApplicant();
    return new CaseEvent.Created(
        c.getTenant(),
        c.getApp(),
        c.getDefinition(),
        c.getVersion(),
        c.getNumber(),
        c.getTitle(),
        new Applicant(
            applicant.getName(),
            applicant.getKind(),
            applicant.getDocumentKind(),
            applicant.getDocumentNumber()),
        c.getForm(),
        attributes(c.getAttributesList()),
        c.getState(),
        c.getFinished(),
        c.getBy(),
        at);
  }

  private static CaseEvent taken(CaseChange.ActionTaken t, Instant at) {
    return new CaseEvent.ActionTaken(
        t.getAction(),
        t.getFrom(),
        t.getTo(),
        t.getFinished(),
        t.getForm(),
        t.getComment(),
        t.getDocumentsList(),
        attributes(t.getAttributesList()),
        t.getBy(),
        at);
  }

  private static CaseEvent migrated(CaseChange.Migrated m, Instant at) {
    return new CaseEvent.Migrated(
        m.getFromVersion(),
        m.getToVersion(),
        m.getFromState(),
        m.getToState(),
        m.getFinished(),
        at);
  }

  private static CaseEvent started(CaseChange.ClockStarted s, Instant at) {
    return new CaseEvent.ClockStarted(
        s.getName(), s.getWorkingDays(), instant(s.getDue()), instant(s.getYellowAt()), at);
  }

  private static CaseEvent extended(CaseChange.ClockExtended x, Instant at) {
    return new CaseEvent.ClockExtended(
        x.getName(),
        x.getWorkingDays(),
        x.getWorkingDaysLeft(),
        instant(x.getDue()),
        instant(x.getYellowAt()),
        at);
  }

  private Material material(CaseChange.MaterialRecorded m) {
    return new Material(
        m.getName(),
        kind(m.getKind()),
        m.getRequired(),
        m.getReceived(),
        m.hasAttachment() ? Optional.of(attachment(m.getAttachment())) : Optional.empty());
  }

  private static Attachment attachment(CaseAttachment a) {
    return new Attachment(a.getAddress(), a.getMediaType(), a.getLength(), a.getFileName());
  }

  private static CaseChange.MaterialRecorded.Builder material(Material material) {
    var builder =
        CaseChange.MaterialRecorded.newBuilder()
            .setName(material.name())
            .setKind(kind(material.kind()))
            .setRequired(material.required())
            .setReceived(material.received());
    material
        .attachment()
        .ifPresent(
            a ->
                builder
                    .getAttachmentBuilder()
                    .setAddress(a.address())
                    .setMediaType(a.mediaType())
                    .setLength(a.length())
                    .setFileName(a.fileName()));
    return builder;
  }

  private static CaseMaterialKind kind(Material.Kind kind) {
    return switch (kind) {
      case ORIGINAL -> CaseMaterialKind.CASE_MATERIAL_KIND_ORIGINAL;
      case COPY -> CaseMaterialKind.CASE_MATERIAL_KIND_COPY;
      case ELECTRONIC -> CaseMaterialKind.CASE_MATERIAL_KIND_ELECTRONIC;
    };
  }

  private Material.Kind kind(CaseMaterialKind kind) {
    return switch (kind) {
      case CASE_MATERIAL_KIND_ORIGINAL -> Material.Kind.ORIGINAL;
      case CASE_MATERIAL_KIND_COPY -> Material.Kind.COPY;
      case CASE_MATERIAL_KIND_ELECTRONIC -> Material.Kind.ELECTRONIC;
      case CASE_MATERIAL_KIND_UNSPECIFIED, UNRECOGNIZED -> throw unknown("material kind");
    };
  }
}
