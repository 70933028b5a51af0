package govcloud.domain.sharing;

/** Whether the consumer may give on what it got. */
public enum Onward {
  /** To nobody. */
  FORBIDDEN,
  /** To whom the provider consents, each time. */
  WITH_CONSENT,
  /** To other departments within the purpose. */
  WITHIN_PURPOSE
}
