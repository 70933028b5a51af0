package govcloud.node.replication.cut;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.apache.pekko.actor.typed.ActorRef;

/** What nodes say to the one who makes cuts, and the answer. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = CutMessage.Make.class, name = "make"),
  @JsonSubTypes.Type(value = CutMessage.Ask.class, name = "ask"),
  @JsonSubTypes.Type(value = CutMessage.Progress.class, name = "progress")
})
sealed interface CutMessage {

  /**
   * Begins a cut, or finds one under way.
   *
   * @param deletedTo number of the last cut that people agreed to delete; 0: none
   * @param deletion the operation under which they agreed; empty for none
   */
  record Make(ActorRef<CutMessage> replyTo, long deletedTo, String deletion) implements CutMessage {
    public Make {
      // A node of the version before does not send it.
      deletion = deletion == null ? "" : deletion;
    }
  }

  /** Asks what is under way. */
  record Ask(ActorRef<CutMessage> replyTo) implements CutMessage {}

  /**
   * What is under way.
   *
   * @param number of the cut; 0: none is under way
   * @param state {@code closing} or {@code sealing}
   * @param closedMillis the moment, milliseconds since 1970; 0 while it is not closed everywhere
   * @param problem why it does not go on, or why the sibling refuses the last one; or nothing
   */
  record Progress(long number, String state, long closedMillis, String problem)
      implements CutMessage {}
}
