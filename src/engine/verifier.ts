/** Entry of the process that runs one executor for a comparison of executors (library/verify). */
import { answerOrders } from "../library/verify/answerOrders";

answerOrders();
