import Link from "next/link";

export const metadata = { title: "Next" };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link> <Link href="/help">Help</Link> <Link href="/script">Script</Link>{" "}
          <Link href="/import">Import</Link>
        </nav>
        {children}
      </body>
    </html>
  );
}
