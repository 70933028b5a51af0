package govcloud.journal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.servererrors.InvalidQueryException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatedTest {
  private final ResultSet answer = proxy(ResultSet.class);
  private final Deque<DriverException> failures = new ArrayDeque<>();
  private final List<Object> asked = new ArrayList<>();

  private <T> T proxy(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            RepeatedTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, values) -> {
              if (!method.getName().equals("execute")) {
                return self == answer;
              }
              asked.add(values[0]);
              if (!failures.isEmpty()) {
                throw failures.poll();
              }
              return answer;
            }));
  }

  private ResultSet execute() {
    return Repeated.execute(proxy(CqlSession.class), "SELECT", 1);
  }

  @Test
  void failureThatPasses_isRepeated() {
    failures.add(new NoNodeAvailableException());
    failures.add(new DriverTimeoutException("no answer"));
    assertThat(execute() == answer).isTrue();
    assertThat(asked).hasSize(3);
  }

  @Test
  void failureThatStays_isThrown_afterAFewTimes() {
    failures.addAll(Collections.nCopies(Repeated.MOST, new DriverTimeoutException("no answer")));
    assertThatThrownBy(this::execute).isInstanceOf(DriverTimeoutException.class);
    assertThat(asked).hasSize(Repeated.MOST);
  }

  @Test
  void failureThatDoesNotPass_isThrownAtOnce() {
    failures.add(new InvalidQueryException(null, "no such table"));
    assertThatThrownBy(this::execute).isInstanceOf(InvalidQueryException.class);
    assertThat(asked).hasSize(1);
  }
}
