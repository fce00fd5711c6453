// A Pulumi plugin `aws` that is Terraform's AWS provider behind Pulumi's own bridge, where pulumi-resource-aws is not to be had.
//
// The module is named below the bridge's dynamic/, because its loader of local providers is internal to it.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi-terraform-bridge/v3/dynamic/internal/shim/run"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/proto"
	pfbridge "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/pf/tfbridge"
	"github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfbridge"
	shim "github.com/pulumi/pulumi-terraform-bridge/v3/pkg/tfshim"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// Of @pulumi/aws, whose programs it serves.
const version = "7.48.0"

// Pulumi's tokens and Terraform's types.
type names struct {
	Resources map[string]string `json:"resources"`
	Functions map[string]string `json:"functions"`
}

func main() {
	ctx := context.Background()
	provider, err := run.LocalProvider(ctx, os.Getenv("FAIRLEAD_TERRAFORM_PROVIDER"))
	if err != nil {
		fail(err)
	}
	defer provider.Close()
	known, err := read(os.Getenv("FAIRLEAD_AWS_NAMES"))
	if err != nil {
		fail(err)
	}
	info := bridged(proto.New(ctx, provider), known)
	schema, err := json.Marshal(map[string]string{"name": "aws", "version": version})
	if err != nil {
		fail(err)
	}
	pfbridge.Main(ctx, "aws", info, pfbridge.ProviderMetadata{
		XGetSchema: func(context.Context, plugin.GetSchemaRequest) ([]byte, error) { return schema, nil },
	})
}

func bridged(server shim.Provider, known names) tfbridge.ProviderInfo {
	info := tfbridge.ProviderInfo{
		P: server, Name: "aws", Version: version, ResourcePrefix: "aws",
		MetadataInfo: &tfbridge.MetadataInfo{Path: "", Data: tfbridge.ProviderMetadata(nil)},
		Resources:    map[string]*tfbridge.ResourceInfo{},
		DataSources:  map[string]*tfbridge.DataSourceInfo{},
		Config:       configuration(),
	}
	fields := overrides()
	for token, name := range known.Resources {
		info.Resources[name] = &tfbridge.ResourceInfo{Tok: tokens.Type(token), Fields: fields[name]}
	}
	for token, name := range known.Functions {
		info.DataSources[name] = &tfbridge.DataSourceInfo{Tok: tokens.ModuleMember(token)}
	}
	server.ResourcesMap().Range(func(name string, _ shim.Resource) bool {
		if info.Resources[name] == nil {
			info.IgnoreMappings = append(info.IgnoreMappings, name)
		}
		return true
	})
	server.DataSourcesMap().Range(func(name string, _ shim.Resource) bool {
		if info.DataSources[name] == nil {
			info.IgnoreMappings = append(info.IgnoreMappings, name)
		}
		return true
	})
	info.SetAutonaming(255, "-")
	return info
}

func read(file string) (names, error) {
	var known names
	data, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(data, &known)
	}
	return known, err
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
