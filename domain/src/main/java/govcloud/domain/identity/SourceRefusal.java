package govcloud.domain.identity;

import govcloud.domain.RefusalCode;

/** Why nothing is noted about a place from which people sign in. */
public enum SourceRefusal implements RefusalCode {
  /** Only the cloud itself notes it. */
  SOURCE_PLATFORM_ONLY(Kind.FORBIDDEN);

  private final Kind kind;

  SourceRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
