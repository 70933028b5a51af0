package govcloud.domain.sharing;

import govcloud.domain.RefusalCode;

/** Why something was not done to a data resource. */
public enum ResourceRefusal implements RefusalCode {
  /** There is no resource under this identifier. */
  RESOURCE_NOT_FOUND(Kind.NOT_FOUND),
  /** A member of the resource is not as it must be; {@code at} tells which. */
  RESOURCE_INVALID(Kind.INVALID),
  /** The version would break what consumers rely on; {@code at} tells where. */
  RESOURCE_INCOMPATIBLE(Kind.CONFLICT),
  /** The resource is withdrawn. */
  RESOURCE_WITHDRAWN(Kind.CONFLICT),
  /** A reason is missing or too long. */
  RESOURCE_TEXT_INVALID(Kind.INVALID);

  private final Kind kind;

  ResourceRefusal(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
