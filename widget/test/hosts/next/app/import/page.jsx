"use client";

import { useEffect } from "react";
import { source, Widget } from "../widget";

export default function Help() {
  useEffect(() => void import(/* webpackIgnore: true */ /* turbopackIgnore: true */ source), []);
  return <Widget />;
}
