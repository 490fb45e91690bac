import Script from "next/script";
import { source, Widget } from "../widget";

export default function Help() {
  return (
    <>
      <Widget />
      <Script src={source} />
    </>
  );
}
