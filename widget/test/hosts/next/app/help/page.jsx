import { source, Widget } from "../widget";

export default function Help() {
  return (
    <>
      <Widget />
      <script src={source} async />
    </>
  );
}
