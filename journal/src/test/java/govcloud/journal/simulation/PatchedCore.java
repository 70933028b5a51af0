package govcloud.journal.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.DiagnosticCollector;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A copy of the core and of the simulator with a bug in it, beside the real ones: the changed
 * sources are compiled in memory, and a class loader prefers them.
 */
final class PatchedCore extends ClassLoader {

  private static final String CORE = "govcloud.journal.core.";
  private static final String SIMULATION = "govcloud.journal.simulation.";

  private final Map<String, byte[]> patched;

  private PatchedCore(Map<String, byte[]> patched) {
    super(PatchedCore.class.getClassLoader());
    this.patched = patched;
  }

  /** The simulation of a core with a bug. */
  static LongFunction<String> simulation(SeededBug bug) {
    PatchedCore loader = new PatchedCore(compile(bug));
    try {
      @SuppressWarnings("unchecked") // the class there is the one here, loaded once more
      LongFunction<String> simulation =
          (LongFunction<String>)
              loader.loadClass(Simulation.class.getName()).getDeclaredConstructor().newInstance();
      return simulation;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(CORE) && !name.startsWith(SIMULATION)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = patched.containsKey(name) ? patched.get(name) : original(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static Map<String, byte[]> compile(SeededBug bug) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (SeededBug.Edit edit : bug.edits()) {
      sources.merge(edit.type(), edit(source(edit.type()), edit), (was, now) -> edit(was, edit));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> findings = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> classes = new HashMap<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(findings, null, null)) {
      List<Source> units = new ArrayList<>();
      sources.forEach((type, text) -> units.add(new Source(type, text)));
      List<String> options =
          List.of("-proc:none", "-nowarn", "-classpath", System.getProperty("java.class.path"));
      boolean compiled =
          compiler.getTask(null, new Memory(files, classes), findings, options, null, units).call();
      if (!compiled) {
        throw new IllegalStateException(bug + ": " + findings.getDiagnostics());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, byte[]> bytes = new HashMap<>();
    classes.forEach((name, out) -> bytes.put(name, out.toByteArray()));
    return bytes;
  }

  private static String packageOf(String type) {
    return type.equals("Tables") || type.equals("Entity") ? SIMULATION : CORE;
  }

  private static String source(String type) {
    String root = packageOf(type).equals(CORE) ? "src/main/java/" : "src/test/java/";
    Path path = Path.of(root + (packageOf(type) + type).replace('.', '/') + ".java");
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new IllegalStateException(path.toString(), e);
    }
  }

  /** Replaces a text that has to be there exactly once. */
  static String edit(String source, SeededBug.Edit edit) {
    String words =
        Arrays.stream(edit.old().strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    Matcher matcher = Pattern.compile(words).matcher(source);
    List<Integer> places = matcher.results().map(found -> found.start()).toList();
    if (places.size() != 1) {
      throw new IllegalStateException(
          edit.type() + ": " + edit.old() + ": " + places.size() + " times (expected: once)");
    }
    return matcher.replaceFirst(Matcher.quoteReplacement(edit.text()));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String type, String text) {
      super(
          URI.create("memory:///" + (packageOf(type) + type).replace('.', '/') + ".java"),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    Memory(JavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, javax.tools.FileObject sibling) {
      return new SimpleJavaFileObject(
          URI.create("memory:///" + name.replace('.', '/') + ".class"), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(name, key -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
