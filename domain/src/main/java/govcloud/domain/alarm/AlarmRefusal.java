package govcloud.domain.alarm;

import govcloud.domain.RefusalCode;

/** Why an alarm is not written down. */
public enum AlarmRefusal implements RefusalCode {
  /** Only the cloud itself raises and clears alarms. */
  ALARM_PLATFORM_ONLY(Kind.FORBIDDEN),
  /** It has no name, or there are too many already. */
  ALARM_INVALID(Kind.CONFLICT);

  private final Kind kind;

  AlarmRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
