package govcloud.replication.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * The way to the sibling through a one-way gateway: files are dropped into an outbox, and answers
 * come as files in an inbox. What got lost is delivered again when the sibling asks, or after a
 * time; nothing is kept for that here, since whoever delivers has it in its archive.
 */
public final class FileDropLink implements SiblingLink {
  private final DropFolder inbox;
  private final DropOutbox outbox;
  private final String sibling;
  private final int window;
  private final long patience;
  private final LongSupplier nanos;
  private final Map<ArchiveName, Long> dropped = new ConcurrentHashMap<>();
  private final Map<ArchiveName, DropName> given = new ConcurrentHashMap<>();
  private final Map<ArchiveName, Long> lost = new ConcurrentSkipListMap<>();

  /**
   * A link.
   *
   * @param outbox from which the gateway takes
   * @param inbox into which the other gateway puts
   * @param origin this cloud
   * @param window files of a slice that may be without an answer
   * @param patience after which a file without an answer is taken for lost
   * @param clock for the numbers in names
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  public FileDropLink(
      DropFolder outbox,
      DropFolder inbox,
      String origin,
      String sibling,
      int window,
      Duration patience,
      Clock clock,
      LongSupplier nanos) {
    this.inbox = inbox;
    this.outbox = new DropOutbox(outbox, origin, clock, nanos);
    this.sibling = sibling;
    this.window = window;
    this.patience = patience.toNanos();
    this.nanos = nanos;
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file) throws LinkException {
    if (lost.containsKey(name) && dropped.containsKey(name)) {
      return Optional.empty();
    }
    try {
      discardUselessAnswer(name);
      outbox.drop(name, DropName.Kind.FILE, file);
      dropped.put(name, nanos.getAsLong());
      return Optional.empty();
    } catch (IOException e) {
      throw new LinkException("outbox: " + e, e);
    }
  }

  /**
   * Who delivers again after an answer had no use for it. It must not stand before the next one,
   * which may have an earlier name: the sibling's clock can go back.
   */
  private void discardUselessAnswer(ArchiveName name) throws IOException {
    DropName useless = given.remove(name);
    if (useless != null) {
      inbox.delete(useless.text());
    }
  }

  /** Also those that were given before this process began. */
  @Override
  public void forgetAnswers(int slice) throws LinkException {
    ArchiveName any = ArchiveName.segment(slice, 1);
    try {
      for (String text : inbox.list()) {
        if (DropName.parse(text)
            .filter(there -> isAbout(there, any) && isAnswer(there))
            .isPresent()) {
          inbox.delete(text);
        }
      }
    } catch (IOException e) {
      throw new LinkException("inbox: " + e, e);
    }
  }

  private static boolean isAnswer(DropName there) {
    return there.kind() == DropName.Kind.ANSWER || there.kind() == DropName.Kind.REFUSED;
  }

  /**
   * Each request is taken once: what it asks for is dropped anew, and is owed until answered, which
   * another node may have heard, or until it should have been asked for again.
   */
  @Override
  public List<ArchiveName> lostSegments() throws LinkException {
    try {
      List<DropName> there =
          inbox.list().stream()
              .map(DropName::parse)
              .flatMap(Optional::stream)
              .filter(name -> name.cloud().equals(sibling))
              .filter(name -> name.file().kind() == StatementKind.SEGMENT)
              .toList();
      there.stream().filter(FileDropLink::isAnswer).map(DropName::file).forEach(lost::remove);
      for (DropName request : there) {
        if (request.kind() == DropName.Kind.LOST) {
          outbox.remove(request.file(), DropName.Kind.FILE);
          dropped.remove(request.file());
          lost.put(request.file(), nanos.getAsLong());
          inbox.delete(request.text());
        }
      }
      long now = nanos.getAsLong();
      lost.values().removeIf(asked -> now - asked > 2 * patience);
      return List.copyOf(lost.keySet());
    } catch (IOException e) {
      throw new LinkException("inbox: " + e, e);
    }
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) throws LinkException, RefusedException {
    try {
      Optional<DropName> answer = Optional.empty();
      Optional<DropName> refusal = Optional.empty();
      Optional<DropName> request = Optional.empty();
      for (String text : inbox.list()) {
        Optional<DropName> found = DropName.parse(text).filter(there -> isAbout(there, name));
        if (found.isEmpty()) {
          continue;
        }
        switch (found.get().kind()) {
          case ANSWER -> answer = newest(found.get(), name, answer);
          case REFUSED -> refusal = newest(found.get(), name, refusal);
          case WANTED -> request = found;
          default -> {}
        }
      }
      if (answer.isPresent()) {
        return answered(answer.get());
      }
      if (refusal.isPresent()) {
        throw refused(refusal.get());
      }
      if (request.isPresent()) {
        requested(request.get(), name);
      }
      return late(name);
    } catch (IOException e) {
      throw new LinkException("inbox: " + e, e);
    }
  }

  private boolean isAbout(DropName there, ArchiveName name) {
    return there.cloud().equals(sibling)
        && there.kind() != DropName.Kind.FILE
        && there.file().kind() == name.kind()
        && there.file().slice() == name.slice();
  }

  /**
   * What is about a file before this one is over: that one was answered and the answer is kept. Of
   * several about this one the last counts, since an answer may have been damaged on its way.
   */
  private Optional<DropName> newest(DropName found, ArchiveName name, Optional<DropName> known)
      throws IOException {
    if (found.file().number() < name.number()) {
      given.remove(found.file());
      lost.remove(found.file());
      inbox.delete(found.text());
    }
    return found.file().equals(name) ? Optional.of(found) : known;
  }

  /**
   * The answer stays until the next one is asked for: after a crash it is read again. One that
   * another process has taken away meanwhile is none.
   */
  private Optional<ByteString> answered(DropName answer) throws IOException, LinkException {
    Optional<byte[]> file = inbox.read(answer.text());
    if (file.isEmpty()) {
      return late(answer.file());
    }
    dropped.remove(answer.file());
    lost.remove(answer.file());
    given.put(answer.file(), answer);
    outbox.remove(answer.file(), DropName.Kind.FILE);
    return file.map(UnsafeByteOperations::unsafeWrap);
  }

  private RefusedException refused(DropName refusal) throws IOException {
    byte[] file = inbox.read(refusal.text()).orElse(new byte[0]);
    inbox.delete(refusal.text());
    dropped.remove(refusal.file());
    String text = new String(file, StandardCharsets.UTF_8);
    int end = text.indexOf(' ');
    return end < 0
        ? new RefusedException("REPLICA_REFUSED", text)
        : new RefusedException(text.substring(0, end), text.substring(end + 1));
  }

  /** A request behind this file means this one too; one before it is old, or the way back. */
  private void requested(DropName request, ArchiveName name)
      throws IOException, LinkException, RefusedException {
    inbox.delete(request.text());
    if (request.file().number() >= name.number()) {
      dropped.remove(name);
      throw new LinkException(request.file() + ": the sibling asks for it again", null);
    }
    if (name.kind() != StatementKind.SEGMENT) {
      throw new RefusedException(
          ReplicaDefect.REPLICA_GAP.name(), "the sibling asks for " + request.file());
    }
  }

  private Optional<ByteString> late(ArchiveName name) throws LinkException {
    Long since = dropped.get(name);
    if (since != null && nanos.getAsLong() - since > patience) {
      dropped.remove(name);
      throw new LinkException(name + ": no answer, taken for lost", null);
    }
    return Optional.empty();
  }

  @Override
  public int window() {
    return window;
  }
}
