package govcloud.domain.app;

/**
 * What is rented of one app.
 *
 * @param seats people who may work in it
 * @param cases active cases at the same time
 */
public record AppPlan(int seats, int cases) {

  /** Nothing rented. */
  public static final AppPlan NONE = new AppPlan(0, 0);
}
