package govcloud.domain.sharing;

/** What may be asked of a data resource. */
public sealed interface ResourceCommand {

  /** Makes a first or next version public. */
  record Publish(DataResource content) implements ResourceCommand {}

  /** Ends sharing for good; what was published stays readable. */
  record Withdraw(String reason) implements ResourceCommand {}
}
