package govcloud.node.feed;

import govcloud.journal.reader.EntityReader;
import govcloud.node.projection.CommitDecoder;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Histories straight from the journal, from any node and without waking the entity. */
public final class JournalHistory implements EntityHistory {

  private final Supplier<EntityReader> reader;
  private final CommitDecoder decoder;

  public JournalHistory(Supplier<EntityReader> reader, CommitDecoder decoder) {
    this.reader = reader;
    this.decoder = decoder;
  }

  @Override
  public Source<Entry, NotUsed> of(String entityId, long fromSequence) {
    return reader
        .get()
        .records(entityId, fromSequence)
        .map(stored -> new Entry(stored.getSequence(), decoder.decode(stored)));
  }
}
