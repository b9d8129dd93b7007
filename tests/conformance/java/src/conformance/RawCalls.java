package conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.InitProducerIdRequest;
import org.apache.kafka.common.requests.InitProducerIdResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.protocol.Errors;

/** Single requests, written to a socket: for what no client of the library would ever send. */
final class RawCalls implements Main.Client {
    /** The last version that names topics instead of giving their ids. */
    private static final short PRODUCE_VERSION = 12;
    private static final short INIT_PRODUCER_ID_VERSION = 4;
    private final String clientId;
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int correlationId = 0;

    RawCalls(Properties config) throws IOException {
        clientId = config.getProperty("client.id");
        String[] address = config.getProperty("bootstrap.servers").split(",")[0].split(":");
        socket = new Socket(address[0], Integer.parseInt(address[1]));
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    @Override
    public Main.Answer call(JsonNode call) throws Exception {
        Object result = null;
        switch (call.get("call").asText()) {
            case "initProducerId" -> result = initProducerId();
            case "produce" -> result = produce(call);
            case "close" -> socket.close();
            default -> throw new IllegalArgumentException("There is no request " + call.get("call") + ".");
        }
        return new Main.Answer(result);
    }

    /** Asks again while the broker has no ids to give: it has just been started. */
    private Object initProducerId() throws IOException, InterruptedException {
        InitProducerIdRequestData data = new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(60_000);
        InitProducerIdResponse response;
        while ((response = (InitProducerIdResponse) send(
            new InitProducerIdRequest.Builder(data).build(INIT_PRODUCER_ID_VERSION))).error() == Errors.COORDINATOR_LOAD_IN_PROGRESS)
            Thread.sleep(100);
        if (response.error() != Errors.NONE) throw response.error().exception();
        return Map.of("producerId", response.data().producerId(), "epoch", response.data().producerEpoch());
    }

    private Object produce(JsonNode call) throws IOException {
        List<String> values = Wire.texts(call.get("values"));
        SimpleRecord[] records = values.stream()
            .map(value -> new SimpleRecord(System.currentTimeMillis(), null, value.getBytes(StandardCharsets.UTF_8)))
            .toArray(SimpleRecord[]::new);
        ProduceRequestData.PartitionProduceData partition = new ProduceRequestData.PartitionProduceData()
            .setIndex(call.get("partition").asInt())
            .setRecords(MemoryRecords.withIdempotentRecords(Compression.NONE, call.get("producerId").asLong(),
                (short) call.get("epoch").asInt(), call.get("sequence").asInt(), records));
        ProduceRequestData.TopicProduceDataCollection topics = new ProduceRequestData.TopicProduceDataCollection();
        topics.add(new ProduceRequestData.TopicProduceData().setName(call.get("topic").asText()).setPartitionData(List.of(partition)));
        ProduceRequestData data = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(30_000).setTopicData(topics);
        ProduceResponse response = (ProduceResponse) send(ProduceRequest.builder(data).build(PRODUCE_VERSION));
        var answer = response.data().responses().iterator().next().partitionResponses().get(0);
        return Map.of("error", Errors.forCode(answer.errorCode()).name(), "baseOffset", answer.baseOffset());
    }

    private AbstractResponse send(AbstractRequest request) throws IOException {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), clientId, ++correlationId);
        ByteBuffer bytes = request.serializeWithHeader(header);
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        out.flush();
        byte[] answer = new byte[in.readInt()];
        in.readFully(answer);
        return AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
    }
}
