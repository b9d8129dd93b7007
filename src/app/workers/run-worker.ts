/** The worker that runs simulations, so that brokers neither weigh on the page nor hold up a frame. */
import { serveHosts } from '../../scenario/worker-serve';

serveHosts(self);
