package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * One client of the real library, told what to do over standard input: a line of JSON for a call ({"id", "call", ...}),
 * a line for its result ({"id", "result"} or {"id", "error": {"name", "message"}}). Calls are made one after another, as
 * by one thread; only the answer to a send may come after that of a later call. A process of its own per client, so
 * that it can be killed or stopped as programs are.
 */
public final class Main {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Makes one call; null when it answers by itself, later. */
    interface Client {
        Answer call(JsonNode call) throws Exception;
    }

    /** A result; `value` may be null. */
    record Answer(Object value) {}

    public static void main(String[] arguments) throws Exception {
        // Whatever the library prints is not taken for an answer.
        System.setOut(System.err);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Client client = null;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode call = JSON.readTree(line);
            try {
                Answer answer;
                if (client == null) {
                    client = create(call);
                    answer = new Answer(null);
                } else answer = client.call(call);
                if (answer != null) answer(call, answer.value());
            } catch (Throwable error) {
                fail(call, error);
            }
        }
        // Standard input is closed when nobody asks any more; background threads must not keep the process.
        Runtime.getRuntime().halt(0);
    }

    private static Client create(JsonNode call) throws Exception {
        Properties config = new Properties();
        call.get("config").fields().forEachRemaining(field -> config.put(field.getKey(), field.getValue().asText()));
        return switch (call.get("kind").asText()) {
            case "producer" -> new ProducerCalls(config);
            case "consumer" -> new ConsumerCalls(config);
            case "shareConsumer" -> new ShareConsumerCalls(config);
            case "admin" -> new AdminCalls(config);
            case "raw" -> new RawCalls(config);
            default -> throw new IllegalArgumentException("There is no " + call.get("kind") + ".");
        };
    }

    static void answer(JsonNode call, Object result) {
        Map<String, Object> line = new HashMap<>();
        line.put("id", call.get("id").asInt());
        line.put("result", result);
        print(line);
    }

    /** By the simple name of the exception; what only wraps another is taken off. */
    static void fail(JsonNode call, Throwable error) {
        Throwable cause = error;
        while (cause instanceof ExecutionException && cause.getCause() != null) cause = cause.getCause();
        Map<String, Object> told = new HashMap<>();
        told.put("name", cause.getClass().getSimpleName());
        told.put("message", String.valueOf(cause.getMessage()));
        print(Map.of("id", call.get("id").asInt(), "error", told));
    }

    private static synchronized void print(Object line) {
        try {
            OUT.println(JSON.writeValueAsString(line));
        } catch (Exception error) {
            throw new IllegalStateException(error);
        }
    }
}
