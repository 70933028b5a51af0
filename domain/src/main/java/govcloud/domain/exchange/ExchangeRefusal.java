package govcloud.domain.exchange;

import govcloud.domain.RefusalCode;
import java.util.Arrays;
import java.util.Optional;

/** Why data of another department are not given out. */
public enum ExchangeRefusal implements RefusalCode {
  /** There is no such agreement with this department. */
  EXCHANGE_AGREEMENT_UNKNOWN(Kind.NOT_FOUND),
  /** The agreement is not in force: not yet, not any more, or suspended. */
  EXCHANGE_AGREEMENT_NOT_IN_FORCE(Kind.FORBIDDEN),
  /** An emergency agreement gives nothing before two people have activated it. */
  EXCHANGE_EMERGENCY_NOT_ACTIVE(Kind.FORBIDDEN),
  /** The cited case is not there. */
  EXCHANGE_CASE_UNKNOWN(Kind.FORBIDDEN),
  /** The cited case is finished. */
  EXCHANGE_CASE_CLOSED(Kind.FORBIDDEN),
  /** The cited case is of a matter that the agreement does not name. */
  EXCHANGE_CASE_OTHER_MATTER(Kind.FORBIDDEN),
  /** The cited case is handled by somebody else. */
  EXCHANGE_CASE_NOT_YOURS(Kind.FORBIDDEN),
  /** The data subject is not a party to the cited case. */
  EXCHANGE_SUBJECT_NOT_PARTY(Kind.FORBIDDEN),
  /** A field is wanted that the agreement does not name. */
  EXCHANGE_FIELD_NOT_AGREED(Kind.FORBIDDEN),
  /** The agreement gives what it gives in another way: as records, as a file or as a batch. */
  EXCHANGE_MODE_NOT_AGREED(Kind.FORBIDDEN),
  /** The provider has no file now. */
  EXCHANGE_FILE_NONE(Kind.CONFLICT),
  /** The agreement's policy says no, or cannot be evaluated. */
  EXCHANGE_POLICY_DENIED(Kind.FORBIDDEN),
  /** As many queries as agreed were made today. */
  EXCHANGE_QUOTA_USED(Kind.QUOTA),
  /** The message id was used for another query, or the data have changed since. */
  EXCHANGE_MESSAGE_REUSED(Kind.CONFLICT),
  /** The provider does not answer. */
  EXCHANGE_PROVIDER_AWAY(Kind.CONFLICT),
  /** What the provider answered does not have the form that was agreed. */
  EXCHANGE_ANSWER_MALFORMED(Kind.CONFLICT),
  /** The other cloud is not known, or its certificate is another cloud's. */
  EXCHANGE_CLOUD_UNKNOWN(Kind.FORBIDDEN),
  /** What came from another cloud is not a signed message in its one form. */
  EXCHANGE_CLOUD_MESSAGE_MALFORMED(Kind.INVALID),
  /** What came from another cloud is too large. */
  EXCHANGE_CLOUD_MESSAGE_TOO_LARGE(Kind.INVALID),
  /** The signature is not one of the other cloud's, or something was changed. */
  EXCHANGE_CLOUD_SIGNATURE_WRONG(Kind.FORBIDDEN),
  /** The message is for another cloud. */
  EXCHANGE_CLOUD_RECEIVER_WRONG(Kind.FORBIDDEN),
  /** The message is too old, or from the future. */
  EXCHANGE_CLOUD_CLOCK(Kind.FORBIDDEN),
  /** The same message came before. */
  EXCHANGE_CLOUD_REPLAYED(Kind.CONFLICT),
  /** The other cloud knows other terms of the agreement than those in force. */
  EXCHANGE_CLOUD_TERMS_OTHER(Kind.CONFLICT),
  /** The other cloud's answer cannot be believed. */
  EXCHANGE_CLOUD_ANSWER_WRONG(Kind.CONFLICT),
  /** The resource does not tell of changes. */
  EXCHANGE_CHANGES_NOT_OFFERED(Kind.FORBIDDEN),
  /** The terms bind a subscription neither to a case nor to a row filter. */
  EXCHANGE_SUBSCRIPTION_UNBOUND(Kind.FORBIDDEN),
  /** The subscription was ended, or its time is over. */
  EXCHANGE_SUBSCRIPTION_ENDED(Kind.CONFLICT),
  /** Changes were not fetched for so long that they are forgotten. */
  EXCHANGE_CHANGES_FORGOTTEN(Kind.CONFLICT),
  /** The department has declared no address for callbacks. */
  EXCHANGE_CALLBACK_UNDECLARED(Kind.CONFLICT),
  /** Nothing is posted to such an address. */
  EXCHANGE_CALLBACK_REFUSED(Kind.INVALID),
  /** The other cloud asks more often than it may. */
  EXCHANGE_CLOUD_RATE(Kind.QUOTA),
  /** A bundle of files is cut off, or what is sealed in it was changed. */
  EXCHANGE_BUNDLE_DAMAGED(Kind.INVALID),
  /** A file has the name of another one, or none that the other cloud gives. */
  EXCHANGE_BUNDLE_MISPLACED(Kind.INVALID),
  /** Bundles wait for one before them that has not come. */
  EXCHANGE_BUNDLE_MISSING(Kind.CONFLICT),
  /** A bundle that was taken in came again. */
  EXCHANGE_BUNDLE_REPEATED(Kind.CONFLICT),
  /** A bundle does not continue what was taken in. */
  EXCHANGE_BUNDLE_FORKED(Kind.CONFLICT),
  /** A bundle is sealed to another key than that of this cloud. */
  EXCHANGE_BUNDLE_OTHER_KEY(Kind.CONFLICT),
  /** As many queries of the department wait as may. */
  EXCHANGE_WAITING_FULL(Kind.QUOTA),
  /** The ledger takes nothing more, or entries of Govcloud itself alone. */
  EXCHANGE_LEDGER_REFUSED(Kind.CONFLICT);

  private final Kind kind;

  ExchangeRefusal(Kind kind) {
    this.kind = kind;
  }

  /** The refusal of a code; none: another part of Govcloud has it. */
  public static Optional<ExchangeRefusal> of(String code) {
    return Arrays.stream(values()).filter(known -> known.name().equals(code)).findFirst();
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
