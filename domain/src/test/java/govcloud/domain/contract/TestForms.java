package govcloud.domain.contract;

import govcloud.domain.casework.FormReader;
import java.util.LinkedHashMap;
import java.util.regex.Pattern;

/** Reads flat JSON objects of whole numbers and truth values, which is all that these tests use. */
public final class TestForms implements FormReader {

  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":(-?\\d+|true|false)");
  private static final Pattern OBJECT =
      Pattern.compile("\\{(" + MEMBER.pattern() + "(,(?!})|(?=})))*\\}");

  @Override
  public Reading read(String json) {
    if (!OBJECT.matcher(json).matches()) {
      return Reading.failed("not a flat object: " + json.length() + " characters");
    }
    var values = new LinkedHashMap<String, Object>();
    var members = MEMBER.matcher(json);
    while (members.find()) {
      var text = members.group(2);
      values.put(
          members.group(1),
          text.equals("true") || text.equals("false")
              ? (Object) Boolean.valueOf(text)
              : (Object) Long.valueOf(text));
    }
    return Reading.of(values);
  }
}
