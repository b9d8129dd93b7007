/** The worker that runs simulations, so that brokers neither weigh on the page nor hold up a frame. */
import { serveHosts, type Port } from '../../scenario/worker-host';

serveHosts(self as unknown as Port);
