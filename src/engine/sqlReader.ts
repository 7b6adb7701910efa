/** Entry of the process that answers one question in SQL from a copy of the database (library/store/sql). */
import { answerQuestion } from "../library/store/sql/answerQuestion";

answerQuestion();
