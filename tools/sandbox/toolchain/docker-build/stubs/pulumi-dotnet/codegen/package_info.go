// Package codegen declares the one type that the docker-build provider fills in.
package codegen

// CSharpPackageInfo is schema metadata for the .NET SDK generator.
type CSharpPackageInfo struct {
	PackageReferences    map[string]string `json:"packageReferences,omitempty"`
	RespectSchemaVersion bool              `json:"respectSchemaVersion,omitempty"`
}
